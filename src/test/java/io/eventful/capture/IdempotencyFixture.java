package io.eventful.capture;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Calls with an {@code Idempotency-Key}, through a gateway that a test may open anew. */
abstract class IdempotencyFixture {

    @TempDir
    Path folder;

    RestSystem system;
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        open(Map.of());
    }

    void open(Map<String, String> options) {
        open(options, null);
    }

    void open(Map<String, String> options, @Nullable String bearer) {
        gateway = new Gateway(folder, system, bearer, Gateway.SETTINGS);
        gateway.route("customers", "/customers/{id}", options);
    }

    void reopen(Map<String, String> options, @Nullable String bearer) throws Exception {
        gateway.close();
        open(options, bearer);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    HttpResponse<String> post(String key, String body, String... more) throws Exception {
        List<String> fields = new java.util.ArrayList<>(List.of("Idempotency-Key", key));
        fields.addAll(List.of(more));
        return gateway.call("POST", "/customers", body, fields.toArray(String[]::new));
    }

    static boolean replayed(HttpResponse<String> reply) {
        return reply.headers().firstValue("Idempotency-Replayed").equals(java.util.Optional.of("true"));
    }
}
