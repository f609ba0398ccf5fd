package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A gateway before a system of its own. */
abstract class CaptureFixture {

    @TempDir
    Path folder;

    RestSystem system;
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    void customers(String... options) {
        Map<String, String> map = new java.util.HashMap<>(Map.of("resource", "customer"));
        for (int i = 0; i < options.length; i += 2) map.put(options[i], options[i + 1]);
        gateway.route("customers", "/customers/{id}", map);
    }

    static Image json(String text) {
        return new Image.Known(Json.parse(text));
    }

    void put(String path, int n) throws Exception {
        assertThat(gateway.call("PUT", path, "{\"n\":" + n + "}").statusCode()).isIn(200, 201);
    }

    static List<Long> positions(List<Change> changes) {
        return changes.stream().map(Change::position).toList();
    }
}
