package io.eventful.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found out about an item while somebody else writes it. */
class LateFindingsTest {

    private static final Item ITEM = Samples.item("/customers/1");
    private static final Image OLD = Samples.known("{\"n\":1}");
    private static final Image NEW = Samples.known("{\"n\":2}");

    @TempDir
    Path folder;

    private TestLedgers ledgers;
    private Ledger ledger;

    @BeforeEach
    void open() {
        ledgers = TestLedgers.sqlite(folder, Clock.systemUTC());
        ledger = ledgers.ledger();
    }

    @AfterEach
    void close() throws Exception {
        ledgers.close();
    }

    private CompletableFuture<Optional<Change>> append(Image before, Image after) {
        return ledger.append(Samples.draft(ITEM, "updated", before), Samples.applied(ITEM, "updated", before, after));
    }

    /** The writer is busy until the latch is down: what is asked of it meanwhile follows in the order in which it was asked. */
    private void busy(CountDownLatch until) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        ledgers.databases().open("ledger").write(connection -> {
            begun.countDown();
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        });
        begun.await();
    }

    @Test
    void aResolutionFollowsFromWhatStandsLastWhenItIsAppended() throws Exception {
        Change unknown = ledger.append(
                        Samples.draft(ITEM, "deleted", OLD),
                        Samples.applied(
                                Change.Outcome.UNKNOWN,
                                ITEM,
                                "deleted",
                                OLD,
                                new Image.Unknown("no-reply"),
                                "no-reply"))
                .join()
                .orElseThrow();
        CountDownLatch free = new CountDownLatch(1);
        busy(free);
        CompletableFuture<Optional<Change>> newer = append(OLD, NEW);
        CompletableFuture<Optional<Change>> resolved =
                ledger.resolve(new Resolution(unknown, Resolution.Finding.CONFIRMED, null, null));
        free.countDown();
        assertThat(newer.join().orElseThrow().revision()).isEqualTo(2);
        Change change = resolved.join().orElseThrow();
        assertThat(change.revision()).isEqualTo(3);
        assertThat(change.action()).isEqualTo("updated");
        assertThat(change.before()).isEqualTo(NEW);
        assertThat(change.after()).isEqualTo(NEW);
        assertThat(change.reason()).isEqualTo("resolved:confirmed");
    }

    @Test
    void whatWasSeenIsNotToldBehindALaterChange() {
        Change first = append(Samples.ABSENT, OLD).join().orElseThrow();
        Settlement.Applied seen = Samples.applied(ITEM, "drifted", OLD, Samples.known("{\"n\":7}"));
        append(OLD, NEW).join();
        assertThat(ledger.appendAfter(first, Samples.draft(ITEM, "drifted", OLD), seen)
                        .join())
                .isEmpty();
        assertThat(ledger.appendAfter(null, Samples.draft(ITEM, "drifted", OLD), seen)
                        .join())
                .isEmpty();
        Change last = ledger.latest(ITEM).orElseThrow();
        assertThat(last.after()).isEqualTo(NEW);
        assertThat(ledger.appendAfter(last, Samples.draft(ITEM, "drifted", NEW), seen)
                        .join())
                .hasValueSatisfying(change -> assertThat(change.revision()).isEqualTo(3));
    }
}
