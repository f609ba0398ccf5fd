package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls without a reply whose item somebody else writes before it is known what became of them. */
class OvertakenInquiryTest extends SettlingFixture {

    /** Long enough for another write to come between. */
    private static final CaptureSettings SETTINGS = new CaptureSettings(
            Gateway.SETTINGS.memory(),
            Gateway.SETTINGS.storeWait(),
            Gateway.SETTINGS.fetchTimeout(),
            Duration.ofMillis(600),
            8,
            Duration.ZERO,
            100,
            Gateway.SETTINGS.retry(),
            Gateway.SETTINGS.idempotency(),
            Gateway.SETTINGS.relay());

    /** The first write gets no reply, and overtakes nobody; the second one goes ahead of it. */
    private List<Change> changes(String second, Runnable then) throws Exception {
        Gateway open = new Gateway(folder, system, "mine", SETTINGS);
        gateway = open;
        open.route("customers", "/customers/{id}", Map.of("laneWait", "20ms"));
        open.call("PUT", "/customers/7", "{\"n\":1}");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            exchange.close();
            return true;
        };
        open.call("PUT", "/customers/7", "{\"n\":2}");
        system.script = (exchange, body) -> false;
        open.call("PUT", "/customers/7", second);
        then.run();
        await().until(() -> open.held().getFirst() == 0);
        return open.changes();
    }

    private static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    @Test
    void whatNobodyCanTellBeginsWhereTheWriteAheadOfItHasLed() throws Exception {
        List<Change> changes = changes("{\"n\":3}", () -> {});
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1).order()).isEqualTo(Change.Order.OBSERVED);
        assertThat(changes.get(2).outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(changes.get(2).order()).isEqualTo(Change.Order.OBSERVED);
        assertThat(changes.get(2).reversible()).isFalse();
        assertThat(changes.get(2).before()).isEqualTo(known("{\"n\":3,\"id\":7}"));
        assertThat(changes.get(2).after()).isEqualTo(known("{\"n\":3,\"id\":7}"));
    }

    @Test
    void aCallThatWasAppliedAfterTheWriteAheadOfItBeginsWhereThatHasLed() throws Exception {
        List<Change> changes = changes("{\"n\":3}", () -> system.put("/customers/7", "{\"n\":2,\"id\":7}"));
        assertThat(changes).hasSize(3);
        assertThat(changes.get(2).outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(changes.get(2).order()).isEqualTo(Change.Order.OBSERVED);
        assertThat(changes.get(2).before()).isEqualTo(known("{\"n\":3,\"id\":7}"));
        assertThat(changes.get(2).after()).isEqualTo(known("{\"n\":2,\"id\":7}"));
    }

    @Test
    void aWriteAheadOfItThatDidTheSameHasToldItAll() throws Exception {
        assertThat(changes("{\"n\":2}", () -> {})).hasSize(2);
    }
}
