package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What the ledger lets one read, whatever database holds it. */
abstract class ReadingContract extends LedgerFixture {

    @Test
    void aBodyThatIsNotKeptIsThereBySizeAndDigest() throws Exception {
        Image pdf = new Image.Digested(Long.MAX_VALUE, "sha-256:77", "application/pdf", "not-json");
        Change change = settle(ADA, "updated", new Image.Unknown("fetch-failed:403"), pdf)
                .orElseThrow();
        assertThat(ledger.at(change.position())).contains(change);
        assertThat(change.afterDigest()).isEqualTo("sha-256:77");
        assertThat(change.beforeDigest()).isNull();
        assertThat(change.reversible()).isFalse();
        assertThat(settle(ADA, "updated", pdf, pdf)).isEmpty();
    }

    @Test
    void itemsOfOtherSourcesAndScopesAreOtherItems() throws Exception {
        Item other = new Item("/upstreams/default", "tenant-b", ADA.subject());
        settle(ADA, "created", ABSENT, known("{\"n\":1}"));
        Change change = settle(other, "created", ABSENT, known("{\"n\":2}")).orElseThrow();
        assertThat(change.revision()).isEqualTo(1);
        assertThat(history.items(ADA.subject(), 10)).containsExactly(ADA, other);
        assertThat(ledger.find(0, 10, null, ADA.subject())).hasSize(2);
    }

    @Test
    void changesAreFoundByResourceAndSubject() throws Exception {
        for (int i = 1; i <= 9; i++)
            settle(item("/customers/" + i % 3), "updated", new Image.Unknown(""), known("" + i));
        assertThat(positions(ledger.find(0, 10, null, "/customers/1"))).containsExactly(1L, 4L, 7L);
        assertThat(positions(ledger.find(1, 1, "customer", "/customers/1"))).containsExactly(4L);
        assertThat(positions(ledger.find(6, 10, "customer", null))).containsExactly(7L, 8L, 9L);
        assertThat(ledger.find(0, 10, "order", null)).isEmpty();
        assertThat(ledger.find(0, 10, null, "/customers/7")).isEmpty();
    }

    @Test
    void listenersHearOfEachAppendAfterItIsDurable() throws Exception {
        AtomicLong heard = new AtomicLong();
        AutoCloseable handle = ledger.onAppend(head -> {
            assertThat(ledger.at(head)).isPresent();
            heard.set(head);
        });
        settle(ADA, "created", ABSENT, known("1"));
        Awaitility.await().until(() -> heard.get() == 1);
        handle.close();
        settle(ADA, "updated", known("1"), known("2"));
        assertThat(heard).hasValue(1);
    }

    @Test
    void aStateCanBeReadAsOfARevisionOrATime() throws Exception {
        Instant start = clock.instant();
        for (int i = 1; i <= 5; i++) {
            settle(ADA, i == 1 ? "created" : "updated", i == 1 ? ABSENT : known("" + (i - 1)), known("" + i));
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(history.revision(ADA, 3).orElseThrow().after()).isEqualTo(known("3"));
        assertThat(history.revision(ADA, 6)).isEmpty();
        assertThat(history.asOf(ADA, start.plusSeconds(90)).orElseThrow().revision())
                .isEqualTo(2);
        assertThat(history.asOf(ADA, start.minusSeconds(1))).isEmpty();
        assertThat(history.creation(ADA).orElseThrow().revision()).isEqualTo(1);
    }
}
