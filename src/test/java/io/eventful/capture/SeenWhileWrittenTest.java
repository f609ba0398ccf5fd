package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** An item is looked at in its lane, and somebody who waited long enough writes it meanwhile. */
class SeenWhileWrittenTest extends SettlingFixture {

    @Test
    void aDriftThatWasSeenBeforeALaterChangeIsNotToldBehindIt() throws Exception {
        Gateway open = new Gateway(folder, system, "mine", Gateway.SETTINGS);
        gateway = open;
        open.route("customers", "/customers/{id}", Map.of("before", "fetch", "laneWait", "50ms"));
        open.call("PUT", "/customers/7", "{\"n\":1}");
        system.put("/customers/7", "{\"n\":5,\"id\":7}");
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch overtaken = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("GET") || !first.getAndSet(false)) return false;
            looking.countDown();
            overtaken.await();
            RestSystem.reply(exchange, 200, "{\"n\":5,\"id\":7}");
            return true;
        };
        Thread slow = Thread.ofVirtual().start(() -> {
            try {
                open.call("PUT", "/customers/7", "{\"n\":9}");
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        looking.await();
        assertThat(open.call("PUT", "/customers/7", "{\"n\":6}").statusCode()).isEqualTo(200);
        overtaken.countDown();
        assertThat(slow.join(Duration.ofSeconds(10))).isTrue();
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(3));
        List<Change> changes = open.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "updated", "updated");
        for (int i = 1; i < changes.size(); i++)
            assertThat(changes.get(i).before()).isEqualTo(changes.get(i - 1).after());
    }
}
