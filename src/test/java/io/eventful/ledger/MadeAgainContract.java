package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.ReversalPlan.Possible;
import io.eventful.ledger.ReversalPlan.TakenBack;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a delete was taken back is known as long as the delete is, whatever database holds the ledger. */
abstract class MadeAgainContract extends LedgerFilesFixture {

    private static final Item COLLECTION = item("/customers");
    private static final Image STATE = known("{\"n\":1}");

    private Change deletion;

    @BeforeEach
    void delete() {
        change(ADA, "created", "POST", "/customers", ABSENT, STATE);
        deletion = change(ADA, "deleted", "DELETE", "/customers/42", STATE, ABSENT);
    }

    private Change change(Item item, String action, String method, String target, Image before, Image after) {
        return RecordedCall.of(item, action, before, after)
                .call(method, target, 200)
                .in(ledger);
    }

    private Change reversed() {
        return RecordedCall.of(EVE, "reversed", ABSENT, STATE)
                .call("POST", "/customers", 201)
                .causedBy(deletion.position())
                .in(ledger);
    }

    /** Of a call that made an item, or did not: its connection was closed. */
    private Change unknown() {
        return RecordedCall.of(COLLECTION, "reversed", ABSENT, new Image.Unknown("no-reply"))
                .unknown("no-id")
                .call("POST", "/customers", 201)
                .causedBy(deletion.position())
                .in(ledger);
    }

    private Change resolve(Change unknown, Resolution.Finding finding, @Nullable String subject) {
        Image.Known state = (Image.Known) STATE;
        return ledger.resolve(new Resolution(unknown, finding, subject == null ? null : state.json(), subject))
                .join()
                .orElseThrow();
    }

    private void written() {
        change(EVE, "updated", "PUT", "/customers/43", STATE, known("{\"n\":5}"));
    }

    private void gone() {
        Image last = ledger.latest(EVE).orElseThrow().after();
        change(EVE, "deleted", "DELETE", "/customers/43", last, ABSENT);
    }

    private void trim() {
        Trimming trimming = new Trimming(database);
        trimming.remove(trimming.candidates(0, ledger.head()));
        assertThat(verified().problems()).isEmpty();
    }

    private ReversalPlan plan() {
        return new Reversals(ledger, changes).plan(deletion);
    }

    private static ReversalPlan takenBack(Change by, @Nullable Item item) {
        return new TakenBack(new MadeAgain(by.position(), item));
    }

    @Test
    void whatRetentionRemovesStaysKnown() {
        Change reversal = reversed();
        assertThat(plan()).isEqualTo(takenBack(reversal, EVE));
        written();
        trim();
        assertThat(changes.at(reversal.position())).isEmpty();
        assertThat(plan()).isEqualTo(takenBack(reversal, EVE));
        gone();
        trim();
        assertThat(plan()).isInstanceOf(Possible.class);
    }

    @Test
    void itGoesWithTheDelete() {
        Change reversal = reversed();
        written();
        trim();
        assertThat(changes.madeAgain(deletion.position())).containsExactly(new MadeAgain(reversal.position(), EVE));
        change(ADA, "created", "PUT", "/customers/42", ABSENT, STATE);
        trim();
        assertThat(changes.madeAgain(deletion.position())).isEmpty();
    }

    @Test
    void itIsPartOfAnExport() throws Exception {
        Change reversal = reversed();
        Change unknown = unknown();
        resolve(unknown, Resolution.Finding.CONFIRMED, null);
        written();
        trim();
        List<MadeAgain> made = changes.madeAgain(deletion.position());
        assertThat(made)
                .containsExactly(new MadeAgain(reversal.position(), EVE), new MadeAgain(unknown.position(), null));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Export(database, changes).write(out);
        Path file = Files.write(files.resolve("ledger.jsonl"), out.toByteArray());
        try (AutoCloseable other = (AutoCloseable) otherDatabases()) {
            Database copy = ((Databases) other).open("ledger");
            new Import(copy).read(file);
            assertThat(new Changes(copy).madeAgain(deletion.position())).isEqualTo(made);
        }
    }

    @Test
    void whatAnOperatorTellsIsFollowed() {
        Change unknown = unknown();
        assertThat(plan()).isEqualTo(takenBack(unknown, null));
        Change told = resolve(unknown, Resolution.Finding.CONFIRMED, "/customers/43");
        assertThat(told.action()).isEqualTo("reversed");
        assertThat(told.item()).isEqualTo(EVE);
        assertThat(plan()).isEqualTo(takenBack(unknown, EVE));
        unknown();
        written();
        trim();
        assertThat(changes.at(unknown.position())).isEmpty();
        assertThat(changes.madeAgain(deletion.position())).contains(new MadeAgain(unknown.position(), EVE));
    }

    @Test
    void anItemThatIsGoneByThenIsNoObstacle() {
        Change unknown = unknown();
        change(EVE, "created", "PUT", "/customers/43", ABSENT, STATE);
        gone();
        ledger.resolve(new Resolution(unknown, Resolution.Finding.CONFIRMED, null, "/customers/43"))
                .join();
        assertThat(plan()).isInstanceOf(Possible.class);
    }

    @Test
    void whatNobodyHasNamedMayBeThere() {
        Change unknown = unknown();
        Change told = resolve(unknown, Resolution.Finding.CONFIRMED, null);
        assertThat(told.after()).isEqualTo(new Image.Unknown("no-id"));
        assertThat(plan()).isEqualTo(takenBack(unknown, null));
        unknown();
        trim();
        assertThat(changes.madeAgain(deletion.position())).contains(new MadeAgain(unknown.position(), null));
    }

    @Test
    void whatWasNotAppliedIsNoObstacle() {
        Change told = resolve(unknown(), Resolution.Finding.REFUTED, null);
        assertThat(told.action()).isEqualTo("deleted");
        assertThat(told.reversible()).isFalse();
        assertThat(plan()).isInstanceOf(Possible.class);
    }
}
