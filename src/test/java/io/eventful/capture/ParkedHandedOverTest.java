package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.PathTemplate;
import io.eventful.ledger.Relayed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a route has parked when another one takes its items over: it goes with the items, and before what comes later. */
class ParkedHandedOverTest extends CaptureFixture {

    private static final String CUSTOMERS = "/customers/{id}";

    private final List<Change> received = new CopyOnWriteArrayList<>();

    private static CaptureRoute route(String id, String template, Receiver receiver) {
        return new CaptureRoute(id, PathTemplate.parse(template), CaptureOptions.parse(Map.of()), receiver);
    }

    /** A route that handles nothing. */
    private static CaptureRoute broken(String id, String template) {
        return route(id, template, (change, done) -> done.accept(new IllegalStateException("not now")));
    }

    private CaptureRoute sound(String id, String template) {
        return route(id, template, (change, done) -> {
            received.add(change);
            done.accept(null);
        });
    }

    private void run(List<CaptureRoute> former, CaptureRoute... next) {
        gateway.captures.swap(() -> {
            former.forEach(gateway.captures::unregister);
            for (CaptureRoute route : next) gateway.captures.register(route);
        });
    }

    private List<Long> parked(String route) {
        return gateway.ledger().relayed().parked(route).stream()
                .map(Relayed.Parked::position)
                .toList();
    }

    private void awaitParked(String route, Long... positions) {
        await().untilAsserted(() -> assertThat(parked(route)).containsExactly(positions));
    }

    private void awaitReceived(Long... positions) {
        await().untilAsserted(() -> assertThat(positions(received)).containsExactly(positions));
    }

    @Test
    void aRouteOfAnotherNameHasItAndHandlesItFirst() throws Exception {
        CaptureRoute former = broken("customers", CUSTOMERS);
        run(List.of(), former);
        put("/customers/1", 1);
        awaitParked("customers", 1L);
        CaptureRoute still = broken("clients", "/customers/{key}");
        run(List.of(former), still);
        assertThat(parked("customers")).isEmpty();
        put("/customers/1", 2);
        awaitParked("clients", 1L, 2L);
        assertThat(gateway.meters
                        .get("eventful.capture.parked")
                        .tag("route", "clients")
                        .gauge()
                        .value())
                .isEqualTo(2);
        run(List.of(still), sound("buyers", CUSTOMERS));
        put("/customers/1", 3);
        awaitReceived(1L, 2L, 3L);
        awaitParked("buyers");
    }

    @Test
    void aRouteOfAMoreSpecificTemplateHasThatOfItsItems() throws Exception {
        CaptureRoute former = broken("all", "/**");
        run(List.of(), former);
        put("/customers/1", 1);
        awaitParked("all", 1L);
        put("/orders/1", 1);
        awaitParked("all", 1L, 2L);
        CaptureRoute all = broken("all", "/**");
        CaptureRoute customers = broken("customers", CUSTOMERS);
        run(List.of(former), all, customers);
        awaitParked("all", 2L);
        awaitParked("customers", 1L);
        run(List.of(all, customers), sound("all", "/**"));
        await().untilAsserted(() -> assertThat(positions(received)).containsExactlyInAnyOrder(1L, 2L));
        assertThat(parked("")).isEmpty();
    }

    @Test
    void aRouteThatHasComeSinceTheGatewayEndedHasItToo() throws Exception {
        CaptureRoute former = broken("customers", CUSTOMERS);
        run(List.of(), former);
        put("/customers/1", 1);
        awaitParked("customers", 1L);
        gateway.captures.unregister(former);
        gateway.close();
        gateway = new Gateway(folder, system);
        run(List.of(), sound("clients", CUSTOMERS));
        put("/customers/1", 2);
        awaitReceived(1L, 2L);
        awaitParked("clients");
        assertThat(parked("customers")).isEmpty();
    }

    @Test
    void whoHasHadTheItemsBeforeDoesNotGetWhatAnotherOneHasLeft() throws Exception {
        CaptureRoute former = broken("customers", CUSTOMERS);
        CaptureRoute second = sound("second", CUSTOMERS);
        run(List.of(), former, second);
        put("/customers/1", 1);
        awaitParked("customers", 1L);
        awaitReceived(1L);
        CaptureRoute again = sound("second", CUSTOMERS);
        CaptureRoute clients = broken("clients", CUSTOMERS);
        run(List.of(former, second), again, clients);
        awaitParked("clients", 1L);
        run(List.of(again, clients), sound("second", CUSTOMERS));
        put("/customers/1", 2);
        awaitReceived(1L, 2L);
        awaitParked("clients", 1L);
    }

    @Test
    void whatBelongsToNobodyStaysUntilItsRouteComesBack() throws Exception {
        CaptureRoute former = broken("customers", CUSTOMERS);
        run(List.of(), former);
        put("/customers/1", 1);
        awaitParked("customers", 1L);
        CaptureRoute orders = sound("orders", "/orders/{id}");
        run(List.of(former), orders);
        awaitParked("customers", 1L);
        assertThat(gateway.captures.retryParked("customers", null)).isFalse();
        run(List.of(orders), sound("customers", CUSTOMERS));
        awaitReceived(1L);
        awaitParked("customers");
    }
}
