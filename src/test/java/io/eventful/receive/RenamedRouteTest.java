package io.eventful.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

/** What comes in while one route goes and another comes at the same path. */
class RenamedRouteTest extends HouseFixture {

    private static final String URI = "webhook-in:/in?provider=bearer&secret=s&delivery=X-Id";

    private final List<Change> first = new CopyOnWriteArrayList<>();
    private final List<Change> second = new CopyOnWriteArrayList<>();

    private void post(String id) throws Exception {
        assertThat(house.post("/in", "{}", "Authorization", "Bearer s", "X-Id", id)
                        .statusCode())
                .isEqualTo(200);
    }

    private interface Exchange {
        void run() throws Exception;
    }

    private void swap(Exchange exchange) {
        house.receipts.swap(() -> {
            try {
                exchange.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void aRouteGoesOnUnderAnotherIdWhereItWas() throws Exception {
        CamelContext running = house.start("old", URI, first);
        post("a");
        await().until(() -> first.size() == 1);
        swap(() -> {
            running.stop();
            post("b");
            post("c");
            house.start("new", URI, second);
        });
        post("d");
        await().until(() -> second.size() == 3);
        assertThat(second).extracting(Change::position).containsExactlyInAnyOrder(2L, 3L, 4L);
        assertThat(first).hasSize(1);
    }

    @Test
    void aRouteThatIsNewBesideAnotherBeginsWithWhatComesThen() throws Exception {
        CamelContext running = house.start("old", URI, first);
        swap(() -> {
            running.stop();
            post("a");
            house.start("new", URI, second);
            house.start("old", URI, first);
        });
        post("b");
        await().until(() -> first.size() == 2 && second.size() == 1);
        assertThat(second).extracting(Change::position).containsExactly(2L);
    }

    /** Its sender was told that it is kept. */
    @Test
    void whatARouteCouldNotHandleIsHandledUnderItsOtherId() throws Exception {
        CamelContext running = house.start("old", URI, exchange -> {
            throw new IllegalStateException("not now");
        });
        post("a");
        await().until(() -> !house.ledger().relayed().parked("old").isEmpty());
        swap(() -> {
            running.stop();
            house.start("new", URI, second);
        });
        await().until(() -> second.size() == 1);
        assertThat(house.ledger().relayed().parked("old")).isEmpty();
        await().untilAsserted(
                        () -> assertThat(house.ledger().relayed().parked("new")).isEmpty());
    }
}
