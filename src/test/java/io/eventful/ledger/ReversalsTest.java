package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.ledger.ReversalPlan.Impossible;
import io.eventful.ledger.ReversalPlan.MovedOn;
import io.eventful.ledger.ReversalPlan.Possible;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReversalsTest {

    private static final Item ADA = item("/customers/42");
    private static final Image OLD = known("{\"id\":42,\"email\":\"old\"}");
    private static final Image NEW = known("{\"id\":42,\"email\":\"new\"}");

    @TempDir
    Path folder;

    private TestLedgers ledgers;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
    }

    @AfterEach
    void close() throws Exception {
        ledgers.close();
    }

    private Change append(String method, String target, int status, Image before, Image after, @Nullable String etag) {
        String action = before == ABSENT ? "created" : after == ABSENT ? "deleted" : "updated";
        return RecordedCall.of(ADA, action, before, after)
                .call(method, target, status, etag)
                .in(ledgers);
    }

    private Possible possible(Change change) {
        return (Possible) ledgers.reversals().plan(change);
    }

    @Test
    void whatWasCreatedIsDeleted() {
        Change created = append("POST", "/customers", 201, ABSENT, OLD, "\"1\"");
        assertThat(possible(created)).isEqualTo(new Possible(created, "DELETE", "/customers/42", null, "\"1\""));
    }

    @Test
    void whatWasChangedIsPutBackUnlessSomeoneElseWasFaster() {
        Change updated = append("PATCH", "/customers/42?x=y", 200, OLD, NEW, "W/\"2\"");
        assertThat(possible(updated))
                .isEqualTo(new Possible(updated, "PUT", "/customers/42", ((Image.Known) OLD).json(), null));
    }

    @Test
    void anItemThatHasMovedOnIsLeftAlone() {
        Change first = append("PUT", "/customers/42", 200, OLD, NEW, null);
        Change second = append("PUT", "/customers/42", 200, NEW, known("{}"), null);
        assertThat(ledgers.reversals().plan(first)).isEqualTo(new MovedOn(second));
        append("PUT", "/customers/42", 200, known("{}"), NEW, "\"9\"");
        assertThat(possible(first).ifMatch()).as("back where it was").isEqualTo("\"9\"");
        append("DELETE", "/customers/42", 204, NEW, ABSENT, null);
        assertThat(ledgers.reversals().plan(first)).isInstanceOf(MovedOn.class);
    }

    @Test
    void whatIsNotKeptCannotComeBack() {
        Change blind = append("PUT", "/customers/42", 200, new Image.Unknown("fetch-failed:403"), NEW, null);
        assertThat(ledgers.reversals().plan(blind))
                .isEqualTo(new Impossible("the item before the change is not stored: fetch-failed:403"));
        Change large = append(
                "PUT",
                "/customers/42",
                200,
                NEW,
                new Image.Digested(9, Json.digest(new byte[9]), "a/b", "too-large"),
                null);
        assertThat(ledgers.reversals().plan(large))
                .isEqualTo(new Impossible("the item after the change is not stored: too-large"));
    }

    @Test
    void onlyATagOfTheItemItselfGuardsTheCall() {
        Change put = append("PUT", "/customers/42", 200, OLD, NEW, "\"1\"");
        assertThat(possible(put).ifMatch()).isEqualTo("\"1\"");
        Change patched = append("PATCH", "/customers/42", 200, NEW, OLD, "\"2\"");
        assertThat(possible(patched).ifMatch()).isEqualTo("\"2\"");
        Change action = append("POST", "/customers/42/rename", 200, OLD, NEW, "\"3\"");
        assertThat(possible(action).ifMatch())
                .as("a tag of the action's result")
                .isNull();
    }

    @Test
    void theItemIsCalledByThePathThatItWasCalledByLast() {
        Change slashed = append("PUT", "/customers/42/?x=y", 200, OLD, NEW, null);
        assertThat(possible(slashed).path()).isEqualTo("/customers/42/");
        Change action = append("POST", "/customers/42/rename", 200, NEW, OLD, null);
        assertThat(possible(action).path()).isEqualTo("/customers/42");
    }

    @Test
    void aDeleteIsTakenBackOnlyWhileTheItemIsAway() {
        Change deleted = append("DELETE", "/customers/42", 204, OLD, ABSENT, null);
        append("POST", "/customers", 201, ABSENT, NEW, null);
        assertThat(ledgers.reversals().plan(deleted)).isInstanceOf(MovedOn.class);
        append("DELETE", "/customers/42", 204, NEW, ABSENT, null);
        assertThat(possible(deleted).state()).isEqualTo(((Image.Known) OLD).json());
    }

    @Test
    void whatMayHaveHappenedSinceStandsInTheWay() {
        Change known = append("PUT", "/customers/42", 200, OLD, NEW, null);
        Change unknown = ledgers.ledger()
                .append(
                        Samples.draft(ADA, "updated", NEW),
                        Samples.applied(
                                Change.Outcome.UNKNOWN, ADA, "updated", NEW, new Image.Unknown("timeout"), "timeout"))
                .join()
                .orElseThrow();
        assertThat(ledgers.reversals().plan(known)).isEqualTo(new MovedOn(unknown));
        assertThat(ledgers.reversals().plan(unknown))
                .isEqualTo(new Impossible("it is not known whether the change was applied"));
    }

    @Test
    void anItemThatLooksTheSameMayHaveMembersThatAreNotStored() {
        Change updated = append("PUT", "/customers/42", 200, OLD, NEW, null);
        append("PUT", "/customers/42", 200, NEW, OLD, null);
        append("PUT", "/customers/42", 200, OLD, NEW.redacted(), null);
        assertThat(ledgers.reversals().plan(updated)).isInstanceOf(MovedOn.class);
    }

    @Test
    void aRedactedItemCannotComeBack() {
        Change redacted = ledgers.ledger()
                .append(
                        Samples.draft(ADA, "updated", OLD),
                        Samples.applied(Change.Outcome.CONFIRMED, ADA, "updated", OLD, NEW, "redacted"))
                .join()
                .orElseThrow();
        assertThat(ledgers.reversals().plan(redacted))
                .isEqualTo(new Impossible("some members of the item are not stored: redacted"));
    }
}
