package io.eventful.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A process that this run started, and ends; its output goes to a file. */
final class Child implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration STOP = Duration.ofSeconds(40);

    private final Process process;
    private final Path log;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Child start(Path folder, Path log, List<String> command) throws IOException {
        Files.createDirectories(log.getParent());
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        Child child = new Child(process, log);
        Runtime.getRuntime().addShutdownHook(new Thread(child::kill));
        return child;
    }

    /** Waits until the port takes connections. */
    Child awaitPort(int port) throws IOException, InterruptedException {
        return await(() -> listens(port));
    }

    /** Waits until a line that starts so is in the output. */
    Child awaitLine(String start) throws IOException, InterruptedException {
        return await(() -> {
            try (Stream<String> lines = Files.lines(log)) {
                return lines.anyMatch(line -> line.startsWith(start));
            } catch (IOException e) {
                return false;
            }
        });
    }

    private Child await(BooleanSupplier ready) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!ready.getAsBoolean()) {
            boolean ended = process.waitFor(50, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() > deadline) {
                close();
                throw new IOException(
                        (ended ? "ended with " + process.exitValue() : "not ready in time") + "; see " + log);
            }
        }
        return this;
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Processor time of the process and those it started. */
    Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Processor time of the process alone: cheap enough to ask for all the time. */
    Duration ownProcessorTime() {
        return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("bench: did not end in " + STOP.toSeconds() + " s, killed; see " + log);
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress("127.0.0.1", 0));
            return socket.getLocalPort();
        }
    }
}
