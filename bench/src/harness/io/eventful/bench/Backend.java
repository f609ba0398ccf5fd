package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A system that does no work, as upstream or as subscriber: nginx, or a Vert.x server where there is no nginx. */
final class Backend implements AutoCloseable {

    private final Child child;
    private final int port;
    private long asked;

    private Backend(Child child, int port) {
        this.child = child;
        this.port = port;
    }

    static Backend start(Places places, String name, int workers) throws IOException, InterruptedException {
        int port = Child.freePort();
        if (places.nginx().isPresent()) {
            Map<String, String> values =
                    Map.of("WORKERS", String.valueOf(workers), "ITEM", Item.reply(), "CREATED", Item.created());
            return new Backend(Nginx.start(places, "backend", name, port, values), port);
        }
        Path folder = places.fresh(name);
        List<String> command = new ArrayList<>(Places.java(
                places.classPath("gateway", places.target().resolve("gateway/classpath")),
                "io.eventful.bench.VertxBackend"));
        command.add(String.valueOf(port));
        command.add(Files.writeString(folder.resolve("item.json"), Item.reply()).toString());
        return new Backend(Child.start(folder, folder.resolve("log"), command).awaitPort(port), port);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    Duration processorTime() {
        return child.processorTime();
    }

    /** Requests served so far, without those of this method. */
    long served() throws IOException {
        asked++;
        String status = Http.get(url().resolve("/status"));
        String[] numbers =
                status.lines().skip(2).findFirst().orElseThrow().trim().split(" ");
        return Long.parseLong(numbers[2]) - asked;
    }

    @Override
    public void close() {
        child.close();
    }
}
