package io.eventful.ledger;

import static io.eventful.ledger.Samples.applied;
import static io.eventful.ledger.Samples.draft;
import static io.eventful.ledger.Samples.known;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Image;
import io.eventful.event.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** Retention and verification, whatever database holds the ledger; {@link ExportContract} says the rest. */
abstract class LedgerFilesContract extends ExportContract {

    @Test
    void removesOldChangesButNotAnItemsState() {
        fill();
        ledger.relayed().advance("customers", 5).join();
        Change last = ledger.at(4).orElseThrow();

        assertThat(trim(age(Duration.ofMinutes(1)))).isEqualTo(3);

        assertThat(positions()).containsExactly(4L, 5L);
        assertThat(ChangeJson.tree(ledger.at(4).orElseThrow()))
                .as("the before-image lay in a change that is gone")
                .isEqualTo(ChangeJson.tree(last));
        assertThat(append(ADA, "updated", known("{\"n\":3}"), known("{\"n\":4}"))
                        .revision())
                .isEqualTo(4);
        assertThat(verified().problems()).isEmpty();
    }

    @Test
    void removesNoMoreThanAgeAndSizeAsk() {
        fill();
        ledger.relayed().advance("customers", 5).join();

        assertThat(trim(age(Duration.ofHours(5)))).as("nothing is as old").isZero();
        assertThat(trim(age(Duration.ofHours(3)))).as("older than three hours").isEqualTo(1);
        assertThat(positions()).containsExactly(2L, 3L, 4L, 5L);

        long size = new Trimming(database).size();
        assertThat(trim(new LedgerSettings.Retention(null, DataSize.ofBytes(size), Duration.ofHours(1))))
                .as("it fits")
                .isZero();
        assertThat(trim(new LedgerSettings.Retention(null, DataSize.ofBytes(size - 1), Duration.ofHours(1))))
                .isEqualTo(1);
        assertThat(positions()).containsExactly(3L, 4L, 5L);
    }

    @Test
    void removesAllThatIsOldHoweverMuchItIs() {
        List<CompletableFuture<?>> appended = new ArrayList<>();
        for (int n = 1; n <= 600; n++)
            appended.add(ledger.append(
                    draft(ADA, "updated", known("" + n)), applied(ADA, "updated", known("" + n), known("" + (n + 1)))));
        appended.forEach(CompletableFuture::join);
        clock.advance(Duration.ofHours(2));
        append(ADA, "updated", known("601"), known("602"));
        append(ADA, "updated", known("602"), known("603"));
        ledger.relayed().advance("customers", 602).join();

        assertThat(trim(age(Duration.ofHours(1)))).isEqualTo(600);
        assertThat(positions()).containsExactly(601L, 602L);
        assertThat(verified().problems()).isEmpty();
    }

    @Test
    void keepsWhatARouteHasNotHandled() {
        fill();
        ledger.relayed().advance("customers", 2).join();
        assertThat(trim(age(Duration.ofMinutes(1)))).isEqualTo(2);

        ledger.relayed().advance("customers", 5).join();
        ledger.relayed()
                .park(new Relayed.Parked("customers", 3, new Item("", "", "/customers/42"), "no", 8, NOW))
                .join();
        assertThat(trim(age(Duration.ofMinutes(1)))).as("3 is parked").isZero();

        routes = Set.of();
        assertThat(trim(age(Duration.ofMinutes(1)))).as("no route runs yet").isZero();
    }

    @Test
    void keepsWhatARouteHasNotHandledThatIsBeingExchanged() {
        fill();
        ledger.relayed().advance("customers", 2).join();
        ledger.relayed().advance("mail", 5).join();
        try (Retention retention = retention(age(Duration.ofMinutes(1)))) {
            routes = Set.of("mail");
            assertThat(retention.run()).as("it may not have begun yet").isEqualTo(2);
            routes = Set.of("customers", "mail");
            clock.advance(Duration.ofDays(1));
            assertThat(retention.run()).isZero();
            routes = Set.of("mail");
            clock.advance(Duration.ofMinutes(30));
            assertThat(retention.run()).as("it has just stopped").isZero();
            clock.advance(Duration.ofHours(1));
            assertThat(retention.run()).as("it does not run any more").isEqualTo(1);
        }
        assertThat(positions()).containsExactly(4L, 5L);
    }

    @Test
    void keepsWhatNobodyHasResolved() {
        fill();
        Change unknown = ledger.append(
                        draft(ADA, "updated", known("{\"n\":3}")),
                        applied(
                                Change.Outcome.UNKNOWN,
                                ADA,
                                "updated",
                                known("{\"n\":3}"),
                                new Image.Unknown("timeout"),
                                "timeout"))
                .join()
                .orElseThrow();
        append(ADA, "updated", known("{\"n\":3}"), known("{\"n\":5}"));
        append(ADA, "updated", known("{\"n\":5}"), known("{\"n\":6}"));
        clock.advance(Duration.ofDays(1));
        ledger.relayed().advance("customers", 8).join();

        trim(age(Duration.ofMinutes(1)));
        assertThat(positions()).containsExactly(5L, 6L, 7L, 8L);

        ledger.resolve(new Resolution(unknown, Resolution.Finding.CONFIRMED, null, null))
                .join();
        clock.advance(Duration.ofDays(1));
        ledger.relayed().advance("customers", 9).join();
        trim(age(Duration.ofMinutes(1)));
        assertThat(positions()).containsExactly(5L, 9L);
        assertThat(verified().problems()).isEmpty();
    }

    @Test
    void verificationFindsWhatSomebodyChanged() {
        Consumer<String> tamper = sql -> database.write(connection -> {
                    try (var statement = connection.prepareStatement(sql)) {
                        return statement.executeUpdate();
                    }
                })
                .join();
        fill();
        assertThat(verified()).isEqualTo(new LedgerReport(5, 0, List.of()));

        tamper.accept("UPDATE change SET after_image = (SELECT after_image FROM change WHERE position = 1)"
                + " WHERE position = 4");
        assertThat(verified().problems())
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("4: the item after the change does not match its stored digest"))
                .anySatisfy(problem -> assertThat(problem).startsWith("4: the patch does not transform"))
                .anySatisfy(problem -> assertThat(problem).startsWith("4: the inverse does not transform"));
        tamper.accept("UPDATE change SET after_image = before_image WHERE position = 2");
        assertThat(verified().changes()).isEqualTo(5);
        assertThat(verified().problems())
                .anySatisfy(problem -> assertThat(problem).startsWith("2: cannot be read: "))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("4: the item after the change does not match its stored digest"))
                .anySatisfy(problem -> assertThat(problem).startsWith("4: the patch does not transform"));

        tamper.accept("UPDATE change SET position = -5 WHERE position = 1");
        assertThat(verified().problems())
                .anySatisfy(
                        problem -> assertThat(problem).isEqualTo("-5: no position, or no revision: they begin with 1"))
                .anySatisfy(problem -> assertThat(problem).isEqualTo("1: the position is missing"));
        tamper.accept("UPDATE change SET position = 1 WHERE position = -5");

        tamper.accept("DELETE FROM change WHERE position = 3");
        assertThat(verified().problems())
                .anySatisfy(problem -> assertThat(problem).isEqualTo("/customers/42: revisions are missing"))
                .anySatisfy(problem -> assertThat(problem).isEqualTo("4: the before-image is missing"))
                .anySatisfy(problem -> assertThat(problem).isEqualTo("3: the position is missing"));
        tamper.accept("DELETE FROM change WHERE position = 4");
        assertThat(verified().problems())
                .anySatisfy(problem ->
                        assertThat(problem).isEqualTo("3: the position is missing, the first of 2 that are"));
        tamper.accept("UPDATE item SET trimmed = 1 WHERE subject = '/customers/42'");
        assertThat(verified().problems())
                .anySatisfy(problem -> assertThat(problem).isEqualTo("positions missing: 1"));
        tamper.accept("UPDATE item SET trimmed = 3 WHERE subject = '/customers/42'");
        assertThat(verified().problems())
                .anySatisfy(
                        problem -> assertThat(problem).isEqualTo("changes that retention removed, and are there: 1"));
    }
}
