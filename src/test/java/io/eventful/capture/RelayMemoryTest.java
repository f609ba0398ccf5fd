package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a route that does not get on holds in memory. */
class RelayMemoryTest extends CaptureFixture {

    private static final int ITEMS = 50;

    /** Of 16 MB in all, two pages of 16 changes with an image of 300 KB before and after. */
    private static final int HELD = 32;

    @Test
    void smallWritesOfLargeItemsCountAsLarge() throws Exception {
        String large = "\"text\":\"" + "x".repeat(300_000) + "\"";
        for (int i = 0; i < ITEMS; i++) system.put("/customers/" + i, "{\"n\":0," + large + "}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PATCH")) return false;
            system.put(exchange.getRequestURI().getPath(), "{\"n\":1," + large + "}");
            RestSystem.reply(exchange, 204, "");
            return true;
        };
        AtomicInteger received = new AtomicInteger();
        gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> received.incrementAndGet());
        for (int i = 0; i < ITEMS; i++)
            assertThat(gateway.call("PATCH", "/customers/" + i, "{\"n\":1}").statusCode())
                    .isEqualTo(204);
        assertThat(gateway.ledger().head()).isEqualTo(ITEMS);
        await().until(() -> received.get() >= HELD - 8);
        await().during(Duration.ofMillis(500)).until(() -> received.get() <= HELD);
    }
}
