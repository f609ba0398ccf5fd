package io.eventful.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged gateway as a process of its own, started by the launcher as a user starts it. */
public final class GatewayProcess implements AutoCloseable {

    /** Some seconds, and minutes where others take the processors. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final Pattern READY = Pattern.compile("ready (https?://\\S+) -> (\\S+), admin (http://\\S+)");

    private final Process process;
    private final Queue<String> output = new ConcurrentLinkedQueue<>();
    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
    private final Path data;

    private GatewayProcess(Process process, Path data) {
        this.process = process;
        this.data = data;
        follow(process.inputReader(StandardCharsets.UTF_8));
        follow(new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8)));
        process.onExit()
                .thenAccept(ended -> ready.completeExceptionally(
                        new IllegalStateException("ended with " + ended.exitValue() + ":\n" + log())));
    }

    /** The folder of the repository, where the launcher lies. */
    public static Path repository() {
        return Path.of("").toAbsolutePath();
    }

    /** The java of the JDK that runs the tests. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Starts {@code ./eventful} with some arguments, in some folder; does not wait. */
    public static GatewayProcess launch(Path folder, Path data, Map<String, String> environment, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(repository().resolve("eventful").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        try {
            return new GatewayProcess(builder.start(), data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts {@code ./eventful run} on free ports and waits until it is ready. */
    public static GatewayProcess run(Path folder, URI upstream, String... more) {
        Path data = folder.resolve("data");
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--upstream",
                upstream.toString(),
                "--port",
                "0",
                "--admin-port",
                "0",
                "--data",
                data.toString(),
                "--allow-network",
                "127.0.0.0/8"));
        arguments.addAll(List.of(more));
        GatewayProcess gateway = launch(folder, data, Map.of(), arguments.toArray(String[]::new));
        gateway.awaitReady();
        return gateway;
    }

    private void follow(BufferedReader reader) {
        Thread.ofVirtual().start(() -> {
            try (reader) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    output.add(line);
                    Matcher matcher = READY.matcher(line);
                    if (matcher.matches()) ready.complete(matcher);
                }
            } catch (IOException e) {
                output.add("(output ended: " + e.getMessage() + ")");
            }
        });
    }

    public void awaitReady() {
        try {
            ready.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            dumpThreads();
            process.destroyForcibly();
            throw new IllegalStateException("the gateway is not ready:\n" + log(), e);
        }
    }

    /** What it waits for is in its output then, as every JVM tells on SIGQUIT. */
    private void dumpThreads() {
        if (!process.isAlive()) return;
        try {
            new ProcessBuilder("kill", "-QUIT", Long.toString(pid())).start().waitFor(5, TimeUnit.SECONDS);
            process.waitFor(3, TimeUnit.SECONDS);
        } catch (IOException e) {
            output.add("(no thread dump: " + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public URI data() {
        return URI.create(ready.join().group(1));
    }

    public URI admin() {
        return URI.create(ready.join().group(3));
    }

    public AdminClient adminClient() {
        try {
            return new AdminClient(
                    admin(), Files.readString(data.resolve("admin.key")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Standard output and error so far. */
    public String log() {
        return String.join("\n", output);
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM; gives the exit status. */
    public int terminate() {
        process.destroy();
        return exit();
    }

    /** Waits for the end; gives the exit status. */
    public int exit() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) throw new IllegalStateException("does not end:\n" + log());
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
