package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that come while the gateway ends. */
class EndingTest extends CaptureFixture {

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"n\":1}"})
    void aCallThatComesTooLateIsToldSoAndLeavesNothingBehind(String body) throws Exception {
        customers("before", "ledger");
        put("/customers/7", 0);
        await().until(() -> gateway.held().equals(List.of(0L, 0L)));
        gateway.end();

        HttpResponse<String> refused = gateway.call(body.isEmpty() ? "DELETE" : "PUT", "/customers/7", body);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        assertThat(Json.parse(refused.body()).path("detail").asText()).contains("Nothing was sent");
        await().until(() -> gateway.held().equals(List.of(0L, 0L)));
        assertThat(system.writes()).hasSize(1);
        assertThat(gateway.changes()).hasSize(1);
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }
}
