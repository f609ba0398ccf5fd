package io.eventful.ledger;

import static io.eventful.ledger.Samples.ABSENT;
import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** That images from which members were taken out are kept as such, whatever database holds the ledger. */
abstract class RedactionContract extends ReadingContract {

    void reopen() throws Exception {
        close();
        open();
    }

    @Test
    void eachImageSaysWhetherItIsRedacted() throws Exception {
        Image redacted = known("{\"n\":1}").redacted();
        Change made = settle(ADA, "created", ABSENT, redacted).orElseThrow();
        Change updated = settle(ADA, "updated", redacted, known("{\"n\":2}")).orElseThrow();
        Change last =
                settle(ADA, "updated", known("{\"n\":2}"), known("{\"n\":3}")).orElseThrow();
        Intent open = ledger.open(draft(ADA, "updated", redacted)).get(10, TimeUnit.SECONDS);

        reopen();
        assertThat(history.after(0, 10)).containsExactly(made, updated, last);
        assertThat(history.after(0, 10)).extracting(Change::reversible).containsExactly(false, false, true);
        assertThat(made.after()).isEqualTo(redacted);
        assertThat(updated.before()).isEqualTo(redacted);
        assertThat(ledger.openIntents(0, 10)).containsExactly(open);
        assertThat(open.draft().before().isRedacted()).isTrue();
    }

    @Test
    void ofAnEntryWithoutSuchMarksEitherImageMayBeRedacted() throws Exception {
        settle(ADA, "created", ABSENT, known("{\"n\":1}").redacted());
        Change change = ledger.settle(
                        ledger.open(draft(ADA, "updated", known("{\"n\":1}").redacted()))
                                .get(10, TimeUnit.SECONDS),
                        applied(
                                Change.Outcome.CONFIRMED,
                                ADA,
                                "updated",
                                known("{\"n\":1}").redacted(),
                                known("{\"n\":2}"),
                                "redacted"))
                .get(10, TimeUnit.SECONDS)
                .orElseThrow();
        assertThat(change.after().isRedacted()).isFalse();
        String head = database.read(connection -> {
            try (var rows = connection.createStatement().executeQuery("SELECT head FROM change WHERE position = 2")) {
                rows.next();
                return new String(rows.getBytes(1), StandardCharsets.UTF_8);
            }
        });
        database.write(connection -> {
                    try (var update = connection.prepareStatement("UPDATE change SET head = ? WHERE position = 2")) {
                        update.setBytes(
                                1,
                                head.replace("\"before\":\"redacted\"", "\"before\":\"known\"")
                                        .getBytes(StandardCharsets.UTF_8));
                        return update.executeUpdate();
                    }
                })
                .join();
        Change old = ledger.at(2).orElseThrow();
        assertThat(old.before().isRedacted()).isTrue();
        assertThat(old.after().isRedacted()).isTrue();
    }
}
