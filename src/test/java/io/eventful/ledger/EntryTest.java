package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.item;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import org.junit.jupiter.api.Test;

class EntryTest {

    private static final Item ADA = item("/customers/42");
    private static final Image KNOWN = known("{\"a\":1}");
    private static final Image PAGE = new Image.Digested(4, "sha-256:aa", "text/html", "not-json");
    private static final Image UNSEEN = new Image.Unknown("fetch-failed:403");

    private static Change entry(Image before, Image after, String reason) {
        return Entry.of(
                        draft(ADA, "updated", before),
                        applied(
                                Change.Outcome.CONFIRMED,
                                ADA,
                                "updated",
                                before,
                                after,
                                reason.isEmpty() ? null : reason),
                        Samples.TIME)
                .change();
    }

    @Test
    void aChangeThatLacksAnImageSaysWhy() {
        assertThat(entry(PAGE, KNOWN, "").reason()).isEqualTo("not-json");
        assertThat(entry(KNOWN, PAGE, "").reason()).isEqualTo("not-json");
        assertThat(entry(UNSEEN, KNOWN, "").reason()).isEqualTo("fetch-failed:403");
        assertThat(entry(PAGE, UNSEEN, "").reason()).isEqualTo("fetch-failed:403");
        assertThat(entry(PAGE, ABSENT, "").reason()).isEqualTo("not-json");
        assertThat(entry(PAGE, KNOWN, "redacted").reason()).isEqualTo("redacted");
        assertThat(entry(ABSENT, KNOWN, "").reason()).isNull();
        assertThat(entry(KNOWN, ABSENT, "").reversible()).isTrue();
    }
}
