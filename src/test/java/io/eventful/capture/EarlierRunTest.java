package io.eventful.capture;

import static io.eventful.capture.CaptureFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.TestLedgers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an earlier run of the gateway left open. */
class EarlierRunTest extends SettlingFixture {

    private void leaveOpen(
            String method, String target, String subject, String action, Image before, @Nullable Image expected)
            throws Exception {
        try (TestLedgers earlier = TestLedgers.sqlite(folder, Clock.systemUTC())) {
            IntentDraft draft = new IntentDraft(
                    new Item("/upstreams/default", "", subject),
                    "customer",
                    action,
                    Instant.now(),
                    "default",
                    before,
                    expected,
                    new RequestRecord(method, target, Map.of(), 7, "sha-256:00"),
                    Change.Order.LANE,
                    Change.Guarantee.INTENT,
                    null,
                    null);
            earlier.ledger().open(draft).join();
        }
    }

    @Test
    void whatAnEarlierRunLeftOpenIsSettled() throws Exception {
        leaveOpen("PUT", "/customers/1", "/customers/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        leaveOpen("PUT", "/customers/2", "/customers/2", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        leaveOpen("PUT", "/customers/3", "/customers/3", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        leaveOpen("DELETE", "/customers/4", "/customers/4", "deleted", json("{\"n\":1}"), new Image.Absent());
        leaveOpen("PUT", "/customers/5", "/customers/5", "updated", new Image.Absent(), json("{\"n\":2}"));
        leaveOpen("POST", "/customers", "/customers", "created", new Image.Absent(), json("{\"n\":2}"));
        system.put("/customers/1", "{\"n\":2,\"id\":1}");
        system.put("/customers/2", "{\"n\":1}");
        system.put("/customers/3", "{\"n\":3}");
        system.put("/customers/5", "{\"n\":2,\"id\":5}");
        Gateway open = open("mine");
        await().untilAsserted(() -> {
            assertThat(open.ledger().openIntents(0, 10)).isEmpty();
            assertThat(open.changes())
                    .extracting(change -> change.item().subject() + " " + change.action() + " " + change.outcome())
                    .containsExactlyInAnyOrder(
                            "/customers/1 updated CONFIRMED",
                            "/customers/3 updated UNKNOWN",
                            "/customers/4 deleted CONFIRMED",
                            "/customers/5 created CONFIRMED",
                            "/customers created UNKNOWN");
        });
        assertThat(system.writes()).isEmpty();
    }

    @Test
    void withoutACredentialWhatIsLeftOpenIsUnknown() throws Exception {
        leaveOpen("PUT", "/customers/1", "/customers/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        system.put("/customers/1", "{\"n\":2}");
        Gateway open = open(null);
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(system.asked).isEmpty();
    }

    @Test
    void aSystemThatIsAwayIsAskedUntilItIsBackWhileItsItemsLaneIsHeld() throws Exception {
        leaveOpen("PUT", "/customers/1", "/customers/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        system.put("/customers/1", "{\"n\":2}");
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 503, "{}");
            return true;
        };
        Gateway open = open("mine");
        await().until(() -> system.gets("/customers/1") >= 2);
        assertThat(open.changes()).isEmpty();
        assertThat(open.ledger().openIntents(0, 10)).hasSize(1);
        system.script = (exchange, body) -> false;
        assertThat(open.call("PUT", "/customers/1", "{\"n\":3}").statusCode()).isEqualTo(200);
        List<Change> changes = open.changes();
        assertThat(changes).extracting(Change::outcome).containsOnly(Change.Outcome.CONFIRMED);
        assertThat(changes).extracting(Change::order).containsOnly(Change.Order.LANE);
        assertThat(changes.get(1).before()).isEqualTo(changes.get(0).after());
    }

    @Test
    void anIntentWhoseRouteIsGoneIsUnknown() throws Exception {
        leaveOpen("PUT", "/orders/1", "/orders/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        Gateway open = open("mine");
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().reason()).isEqualTo("no-route");
    }
}
