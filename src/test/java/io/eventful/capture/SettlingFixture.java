package io.eventful.capture;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A system of its own, and a gateway that a test opens before it. */
abstract class SettlingFixture {

    static final Map<String, String> CUSTOMER = Map.of("resource", "customer", "laneWait", "1m");

    @TempDir
    Path folder;

    RestSystem system;

    @Nullable
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
    }

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) gateway.close();
        system.close();
    }

    Gateway open(@Nullable String bearer) {
        gateway = new Gateway(folder, system, bearer, Gateway.SETTINGS);
        gateway.route("customers", "/customers/{id}", CUSTOMER);
        return gateway;
    }
}
