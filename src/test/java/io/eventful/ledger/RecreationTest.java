package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.ReversalPlan.MovedOn;
import io.eventful.ledger.ReversalPlan.Possible;
import io.eventful.ledger.ReversalPlan.TakenBack;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How deleted items are made again, and that each is once. */
class RecreationTest {

    private static final Item ADA = item("/customers/42");
    private static final Item COLLECTION = item("/customers");
    private static final Image STATE = known("{\"id\":42}");

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

    private Change append(Item item, String action, String method, String target, Image before, Image after) {
        return RecordedCall.of(item, action, before, after)
                .call(method, target, 200)
                .in(ledgers);
    }

    private Change deleted(Item item) {
        return append(item, "deleted", "DELETE", item.subject(), STATE, ABSENT);
    }

    private Change madeBy(String method, String target) {
        return append(ADA, "created", method, target, ABSENT, STATE);
    }

    /** Of a POST that made another item. */
    private Change reversed(Change deletion, Item made) {
        return RecordedCall.of(made, "reversed", ABSENT, STATE)
                .call("POST", "/customers", 200)
                .causedBy(deletion.position())
                .in(ledgers);
    }

    private ReversalPlan plan(Change change) {
        return ledgers.reversals().plan(change);
    }

    private static TakenBack takenBack(Change reversal) {
        return new TakenBack(new MadeAgain(reversal.position(), reversal.item()));
    }

    private static Possible post(Change change, String path) {
        return new Possible(change, "POST", path, ((Image.Known) STATE).json(), null);
    }

    private static Possible put(Change change) {
        return new Possible(change, "PUT", change.subject(), ((Image.Known) STATE).json(), null);
    }

    @Test
    void whatWasDeletedIsMadeInTheWayItWasMadeBefore() {
        madeBy("PUT", "/customers/42");
        Change put = deleted(ADA);
        assertThat(plan(put)).isEqualTo(put(put));
        madeBy("POST", "/clients?x=y");
        Change posted = deleted(ADA);
        assertThat(plan(posted)).isEqualTo(post(posted, "/clients"));
        append(ADA, "reversed", "PUT", "/customers/42", ABSENT, STATE);
        append(ADA, "reversed", "PUT", "/customers/42", STATE, known("{}"));
        Change again = deleted(ADA);
        assertThat(plan(again)).isEqualTo(put(again));
    }

    @Test
    void whereNobodyKnowsTheSameItemIsTriedFirst() {
        Change unseen = deleted(ADA);
        assertThat(plan(unseen)).isEqualTo(put(unseen).or(post(unseen, "/customers")));
        madeBy("PATCH", "/customers/42");
        Change patched = deleted(ADA);
        assertThat(plan(patched)).isEqualTo(put(patched).or(post(patched, "/customers")));
        madeBy("PUT", "/customers");
        Change several = deleted(ADA);
        assertThat(plan(several)).isEqualTo(put(several).or(post(several, "/customers")));
        Change root = deleted(item("/7"));
        assertThat(plan(root)).isEqualTo(put(root).or(post(root, "/")));
    }

    @Test
    void whatRetentionRemovedIsNotGuessed() {
        madeBy("PUT", "/customers/42");
        Change deletion = deleted(ADA);
        ledgers.trim(deletion.position());
        assertThat(ledgers.history().creation(ADA)).isEmpty();
        assertThat(plan(deletion)).isEqualTo(put(deletion).or(post(deletion, "/customers")));
    }

    @Test
    void whatWasMadeAgainAsAnotherItemIsNotMadeOnceMore() {
        madeBy("POST", "/customers");
        Change deletion = deleted(ADA);
        Item other = item("/customers/43");
        Change reversal = reversed(deletion, other);
        assertThat(plan(deletion)).isEqualTo(takenBack(reversal));
        assertThat(plan(reversal)).extracting("method").isEqualTo("DELETE");
        Change back = RecordedCall.of(other, "reversed", STATE, ABSENT)
                .call("DELETE", other.subject(), 200)
                .causedBy(reversal.position())
                .in(ledgers);
        assertThat(plan(deletion)).as("it is away again").isInstanceOf(Possible.class);
        assertThat(plan(back)).isInstanceOf(Possible.class);
        Change third = reversed(back, item("/customers/44"));
        assertThat(plan(back)).isEqualTo(takenBack(third));
        assertThat(plan(deletion)).isEqualTo(takenBack(reversal));
    }

    @Test
    void aLaterDeleteThatWasTakenBackCountsToo() {
        madeBy("POST", "/customers");
        Change first = deleted(ADA);
        madeBy("PUT", "/customers/42");
        Change second = deleted(ADA);
        Change reversal = reversed(second, item("/customers/43"));
        assertThat(plan(first)).isEqualTo(takenBack(reversal));
    }

    @Test
    void whatMayHaveBeenMadeAgainIsLeftAloneUntilSomebodyKnows() {
        Change deletion = deleted(ADA);
        Change unknown = RecordedCall.of(COLLECTION, "reversed", ABSENT, new Image.Unknown("no-reply"))
                .unknown("no-id")
                .call("POST", "/customers", 200)
                .causedBy(deletion.position())
                .in(ledgers);
        assertThat(plan(deletion)).isEqualTo(new TakenBack(new MadeAgain(unknown.position(), null)));
        ledgers.ledger()
                .resolve(new Resolution(unknown, Resolution.Finding.REFUTED, null, null))
                .join();
        assertThat(plan(deletion)).isInstanceOf(Possible.class);
    }

    @Test
    void whatIsThereAgainAtItsPathHasMovedOn() {
        Change deletion = deleted(ADA);
        Change reversal = RecordedCall.of(ADA, "reversed", ABSENT, STATE)
                .call("PUT", "/customers/42", 200)
                .causedBy(deletion.position())
                .in(ledgers);
        assertThat(plan(deletion)).isEqualTo(new MovedOn(reversal));
    }
}
