package io.eventful.channel;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** A broker in a JVM of its own. */
final class BrokerProcess implements AutoCloseable {

    private final List<String> command;
    private final Path log;
    private final int port;
    private Process process;

    BrokerProcess(String classpath, Path log, int port, String main, String... arguments) {
        this.command = java(classpath, main, arguments);
        this.log = log;
        this.port = port;
    }

    private static List<String> java(String classpath, String main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classpath,
                main));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Runs a tool to its end. */
    static void run(String classpath, Path log, String main, String... arguments) {
        try {
            Process process = builder(java(classpath, main, arguments), log).start();
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0)
                throw new IllegalStateException(main + " failed, see " + log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts a tool, which runs until somebody ends it. */
    static Process launch(String classpath, Path output, String main, String... arguments) throws IOException {
        return builder(java(classpath, main, arguments), output).start();
    }

    private static ProcessBuilder builder(List<String> command, Path log) {
        File file = log.toFile();
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(file));
    }

    /** Starts and waits until the port answers. */
    BrokerProcess start() {
        try {
            process = builder(command, log).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await("broker on port " + port)
                .atMost(Duration.ofSeconds(60))
                .until(this::answers);
        return this;
    }

    private boolean answers() {
        if (!process.isAlive()) throw new IllegalStateException("the broker ended, see " + log);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Takes no processor time for so long, while its connections stay open. */
    void freeze(Duration time) {
        signal("STOP");
        try {
            Awaitility.await().pollDelay(time).atMost(time.plusSeconds(30)).until(() -> true);
        } finally {
            signal("CONT");
        }
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) kill();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
