package io.eventful.capture;

import static io.eventful.capture.CaptureFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.ledger.Compensation.Result;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.RecordedCall;
import io.eventful.ledger.TestLedgers;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reversal that an earlier run of the gateway left open. */
class OpenReversalsTest extends SettlingFixture {

    private static final Item ADA = new Item("/upstreams/default", "", "/customers/1");
    private static final Image STATE = json("{\"n\":1}");

    /** A delete, and the call that has made the item again, or not. */
    private void leaveOpen() throws Exception {
        try (TestLedgers earlier = TestLedgers.sqlite(folder, Clock.systemUTC())) {
            RecordedCall.of(ADA, "created", new Image.Absent(), STATE)
                    .call("POST", "/customers", 201)
                    .in(earlier);
            Change deletion = RecordedCall.of(ADA, "deleted", STATE, new Image.Absent())
                    .call("DELETE", "/customers/1", 204)
                    .in(earlier);
            IntentDraft draft = new IntentDraft(
                    new Item("/upstreams/default", "", "/customers"),
                    "customer",
                    "reversed",
                    Instant.now(),
                    "default",
                    new Image.Absent(),
                    STATE,
                    new RequestRecord("POST", "/customers", Map.of(), 7, "sha-256:00"),
                    Change.Order.LANE,
                    Change.Guarantee.INTENT,
                    null,
                    Long.toString(deletion.position()));
            earlier.ledger().open(draft).join();
        }
    }

    @Test
    void anotherOneWaitsUntilItIsSettled() throws Exception {
        leaveOpen();
        Gateway gateway = open("mine");
        Result result = gateway.compensation
                .apply(gateway.ledger().at(2).orElseThrow())
                .toCompletableFuture()
                .join();
        assertThat(result).isEqualTo(new Result.MovedOn("it was made again at position 3"));
        assertThat(system.writes()).isEmpty();
        Change settled = gateway.changes().getLast();
        assertThat(settled.subject()).isEqualTo("/customers");
        assertThat(settled.outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(gateway.held().getFirst()).as("lanes").isZero();
    }
}
