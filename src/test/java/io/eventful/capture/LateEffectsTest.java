package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.TestLedgers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that count as not applied, and are. */
class LateEffectsTest extends SettlingFixture {

    private static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    /** Writes get no reply, and do nothing. */
    private void breakOff() {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            exchange.close();
            return true;
        };
    }

    /** A write that is refuted: its item was seen as it was, twice, and its lane is free. */
    private void refuted(Gateway open) throws Exception {
        breakOff();
        assertThat(open.call("PUT", "/customers/7", "{\"n\":2}").statusCode()).isEqualTo(502);
        await().until(() -> open.held().getFirst() == 0);
        assertThat(open.changes()).isEmpty();
        system.script = (exchange, body) -> false;
    }

    @Test
    void aCallThatIsAppliedLateIsToldAsItsChange() throws Exception {
        Gateway open = open("mine");
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        refuted(open);
        system.apply("/customers/7", "{\"n\":2}".getBytes());
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        Change change = open.only();
        assertThat(change.action()).isEqualTo("updated");
        assertThat(change.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(change.reason()).isEqualTo("late");
        assertThat(change.before()).isEqualTo(known("{\"id\":7,\"n\":1}"));
        assertThat(change.after()).isEqualTo(known("{\"n\":2,\"id\":7}"));
        assertThat(change.request()).isNotNull();
        await().untilAsserted(() -> assertThat(open.held()).containsExactly(0L, 0L));
    }

    @Test
    void anErrorReplyToACallThatWasAppliedIsPassedOnAndItsChangeIsTold() throws Exception {
        Gateway open = open("mine");
        for (int status : new int[] {500, 502, 504}) {
            String path = "/customers/" + status;
            system.put(path, "{\"id\":" + status + ",\"n\":1}");
            system.script = (exchange, body) -> {
                if (exchange.getRequestMethod().equals("GET")) return false;
                system.apply(path, body);
                RestSystem.reply(exchange, status, "{\"error\":\"no answer\"}");
                return true;
            };
            assertThat(open.call("PUT", path, "{\"n\":2}").statusCode()).isEqualTo(status);
        }
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(3));
        assertThat(open.changes())
                .allSatisfy(change -> assertThat(change.reason()).isEqualTo("late"));
    }

    @Test
    void anErrorReplyToACallThatWasNotAppliedMakesNoChange() throws Exception {
        Gateway open = open("mine");
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            RestSystem.reply(exchange, 500, "{}");
            return true;
        };
        open.call("PUT", "/customers/7", "{\"n\":2}");
        long first = system.gets("/customers/7");
        await().until(() -> system.gets("/customers/7") >= first + 3);
        assertThat(open.changes()).isEmpty();
    }

    @Test
    void aRepeatThatCameBeforeTakesTheCredit() throws Exception {
        Gateway open = open("mine");
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        refuted(open);
        assertThat(open.call("PUT", "/customers/7", "{\"n\":2}").statusCode()).isEqualTo(200);
        await().during(Duration.ofMillis(800))
                .untilAsserted(() -> assertThat(open.changes())
                        .singleElement()
                        .extracting(Change::reason)
                        .isNull());
    }

    @Test
    void aCallThatACrashLeftOpenIsLookedAfterToo() throws Exception {
        try (TestLedgers earlier = TestLedgers.sqlite(folder, Clock.systemUTC())) {
            earlier.ledger()
                    .open(new IntentDraft(
                            new Item("/upstreams/default", "", "/customers/7"),
                            "customer",
                            "updated",
                            Instant.now(),
                            "default",
                            known("{\"n\":1,\"id\":7}"),
                            known("{\"n\":2}"),
                            new RequestRecord("PUT", "/customers/7", Map.of(), 7, "sha-256:00"),
                            Change.Order.LANE,
                            Change.Guarantee.INTENT,
                            null,
                            null))
                    .join();
        }
        system.put("/customers/7", "{\"n\":1,\"id\":7}");
        Gateway open = open("mine");
        await().until(() -> open.ledger().openIntents(0, 1).isEmpty());
        assertThat(open.changes()).isEmpty();
        system.apply("/customers/7", "{\"n\":2}".getBytes());
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().reason()).isEqualTo("late");
    }
}
