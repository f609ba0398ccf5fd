package io.eventful.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** json-server from npm: a REST system that somebody else wrote. */
public final class JsonServer implements AutoCloseable {

    private static final String VERSION = "0.17.4";

    private final Process process;
    private final int port;

    private JsonServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** True when npm and node are there to install and run it. */
    public static boolean available() {
        try {
            return run(Path.of("."), "npm", "--version") == 0 && run(Path.of("."), "node", "--version") == 0;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Installs it below {@code target} when it is not there yet, and starts it over a file of data. */
    public static JsonServer start(Path folder, String database) {
        try {
            Path installed = Path.of("target", "json-server").toAbsolutePath();
            Path script = installed.resolve("node_modules/json-server/lib/cli/bin.js");
            if (!Files.isRegularFile(script)) {
                Files.createDirectories(installed);
                int status = run(
                        installed,
                        "npm",
                        "install",
                        "--no-audit",
                        "--no-fund",
                        "--prefix",
                        installed.toString(),
                        "json-server@" + VERSION);
                if (status != 0) throw new IllegalStateException("npm cannot install json-server: " + status);
            }
            Path data = Files.writeString(folder.resolve("db.json"), database);
            int port = freePort();
            Process process = new ProcessBuilder(
                            "node",
                            script.toString(),
                            "--quiet",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(port),
                            data.toString())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("json-server.log").toFile())
                    .start();
            JsonServer server = new JsonServer(process, port);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(server::answers);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static int run(Path folder, String... command) {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
