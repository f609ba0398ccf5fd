package io.eventful.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Item;
import io.eventful.ledger.Relayed.Inherited;
import io.eventful.ledger.Relayed.Parked;
import io.eventful.ledger.Relayed.Received;
import io.eventful.ledger.Relayed.Skipped;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of the routes' progress, whatever database holds it. */
abstract class RelayedContract {

    Advances advances;
    Relayed relayed;

    abstract Databases databases() throws Exception;

    abstract void closeDatabases() throws Exception;

    @BeforeEach
    void open() throws Exception {
        Database database = databases().open("ledger");
        advances = new Advances(database);
        relayed = new JdbcRelayed(database, advances);
    }

    @AfterEach
    void close() throws Exception {
        advances.close();
        closeDatabases();
    }

    @Test
    void aNewRouteHasNoPosition() {
        assertThat(relayed.position("customers")).isEmpty();
        assertThat(relayed.routes()).isEmpty();
    }

    @Test
    void aPositionIsSeenAtOnceAndKept() throws Exception {
        CompletableFuture<Void> first = relayed.advance("customers", 7);
        relayed.advance("orders", 1);
        CompletableFuture<Void> second = relayed.advance("customers", 8);
        assertThat(relayed.position("customers")).hasValue(8);
        CompletableFuture.allOf(first, second).get(10, TimeUnit.SECONDS);
        assertThat(relayed.position("customers")).hasValue(8);
        close();
        open();
        assertThat(relayed.position("customers")).hasValue(8);
        assertThat(relayed.routes()).containsExactly("customers", "orders");
    }

    @Test
    void closingKeepsWhatWasSaidLast() throws Exception {
        relayed.advance("customers", 99);
        close();
        open();
        assertThat(relayed.position("customers")).hasValue(99);
    }

    @Test
    void aForgottenRouteIsNewAgain() throws Exception {
        relayed.advance("customers", 7).get(10, TimeUnit.SECONDS);
        relayed.advance("customers", 8);
        relayed.park(new Parked("customers", 3, new Item("", "", "/customers/1"), "boom", 1, Samples.TIME));
        relayed.forget("customers").get(10, TimeUnit.SECONDS);
        close();
        open();
        assertThat(relayed.position("customers")).isEmpty();
        assertThat(relayed.parked("")).isEmpty();
    }

    @Test
    void parkedChangesAreListedInOrderAndCanBeTakenOut() throws Exception {
        Parked ninth = new Parked("customers", 9, new Item("", "", "/customers/1"), "boom", 1, Samples.TIME);
        Parked third = new Parked("customers", 3, new Item("", "", "/customers/1"), "boom", 5, Samples.TIME);
        Parked other = new Parked("orders", 4, new Item("", "", "/orders/1"), "bang", 2, Samples.TIME);
        relayed.park(ninth).get(10, TimeUnit.SECONDS);
        relayed.park(other).get(10, TimeUnit.SECONDS);
        relayed.park(third).get(10, TimeUnit.SECONDS);
        assertThat(relayed.parked("customers")).containsExactly(third, ninth);
        assertThat(relayed.parked("")).containsExactly(third, other, ninth);
        assertThat(relayed.parking()).containsExactly("customers", "orders");
        Parked again = new Parked("customers", 9, new Item("", "", "/customers/1"), "boom again", 2, Samples.TIME);
        relayed.park(again).get(10, TimeUnit.SECONDS);
        relayed.unpark("customers", 3).get(10, TimeUnit.SECONDS);
        assertThat(relayed.parked("customers")).containsExactly(again);
        relayed.failedAgain("customers", 9, "still not").get(10, TimeUnit.SECONDS);
        relayed.failedAgain("customers", 3, "is gone").get(10, TimeUnit.SECONDS);
        assertThat(relayed.parked("customers"))
                .containsExactly(new Parked("customers", 9, again.item(), "still not", 3, Samples.TIME));
    }

    @Test
    void whatOthersInheritIsParkedOnEachOfThem() throws Exception {
        Item item = new Item("", "", "/customers/1");
        Parked third = new Parked("customers", 3, item, "boom", 5, Samples.TIME);
        Parked ninth = new Parked("customers", 9, item, "behind", 0, Samples.TIME);
        Parked own = new Parked("clients", 9, item, "boom too", 2, Samples.TIME);
        for (Parked row : List.of(third, ninth, own)) relayed.park(row).get(10, TimeUnit.SECONDS);
        relayed.handOver(List.of(
                        new Inherited("customers", 3, Set.of("clients", "buyers")),
                        new Inherited("customers", 9, Set.of("clients")),
                        new Inherited("customers", 10, Set.of("clients"))))
                .get(10, TimeUnit.SECONDS);
        assertThat(relayed.parked("customers")).isEmpty();
        assertThat(relayed.parked("buyers")).containsExactly(new Parked("buyers", 3, item, "boom", 5, Samples.TIME));
        assertThat(relayed.parked("clients"))
                .containsExactly(new Parked("clients", 3, item, "boom", 5, Samples.TIME), own);
    }

    @Test
    void whatIsGivenUpIsParkedNoMoreAndRecorded() throws Exception {
        Parked third = new Parked("customers", 3, new Item("", "", "/customers/1"), "boom", 5, Samples.TIME);
        Parked ninth = new Parked("customers", 9, new Item("", "", "/customers/1"), "boom", 0, Samples.TIME);
        relayed.park(third).get(10, TimeUnit.SECONDS);
        relayed.park(ninth).get(10, TimeUnit.SECONDS);
        Skipped skipped = new Skipped(third, Samples.TIME.plusSeconds(5), "a test");
        assertThat(relayed.skip("customers", 3, skipped.time(), "a test").get(10, TimeUnit.SECONDS))
                .contains(skipped);
        assertThat(relayed.skip("customers", 3, skipped.time(), "").get(10, TimeUnit.SECONDS))
                .isEmpty();
        assertThat(relayed.skip("orders", 9, skipped.time(), "").get(10, TimeUnit.SECONDS))
                .isEmpty();
        assertThat(relayed.parked("customers")).containsExactly(ninth);
        assertThat(relayed.skipped("customers", 0, 10)).containsExactly(skipped);
        assertThat(relayed.skipped("customers", 3, 10)).isEmpty();
        relayed.park(third).get(10, TimeUnit.SECONDS);
        assertThat(relayed.skip("customers", 3, Samples.TIME.plusSeconds(9), "").get(10, TimeUnit.SECONDS))
                .isPresent();
        assertThat(relayed.skipped("customers", 0, 10))
                .containsExactly(new Skipped(third, Samples.TIME.plusSeconds(9), ""));
    }

    @Test
    void whichReceiptsAreWhoseIsReplacedAsAWhole() throws Exception {
        assertThat(relayed.received()).isEmpty();
        Received open = new Received("github", "/hooks/github", 7, Received.OPEN);
        Received ended = new Received("github", "/hooks/old", 0, 9);
        relayed.receive(List.of(ended, open)).get(10, TimeUnit.SECONDS);
        close();
        open();
        assertThat(relayed.received()).containsExactlyInAnyOrder(open, ended);
        relayed.receive(List.of(open)).get(10, TimeUnit.SECONDS);
        assertThat(relayed.received()).containsExactly(open);
    }
}
