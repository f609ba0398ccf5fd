package io.eventful.edge;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An edge alone in a JVM of its own. */
final class EdgeProcess implements AutoCloseable {

    private final Process process;
    private final int port;

    /**
     * Starts it.
     *
     * @param url of its upstream
     * @param options of the JVM
     */
    EdgeProcess(String url, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), EdgeProcess.class.getName(), url));
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        port = readPort();
    }

    private int readPort() throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("port ")) return Integer.parseInt(line.substring(5));
        }
        throw new IOException("the edge did not start");
    }

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) throws IOException {
        try (Edge edge = new Edge(Edge.before(arguments[0])).capturing("/captured")) {
            System.out.println("port " + edge.port());
            System.in.read();
        }
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
