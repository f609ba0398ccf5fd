package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.PathTemplate;
import io.eventful.event.UnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a route has not handled when another one takes its items over, while the gateway runs or at its start. */
class HandedOverTest extends CaptureFixture {

    private static final String CUSTOMERS = "/customers/{id}";

    private final AtomicInteger tried = new AtomicInteger();

    private static CaptureRoute route(String id, String template, Receiver receiver) {
        return new CaptureRoute(id, PathTemplate.parse(template), CaptureOptions.parse(Map.of()), receiver);
    }

    private static CaptureRoute into(List<Change> received, String id, String template) {
        return route(id, template, (change, done) -> {
            received.add(change);
            done.accept(null);
        });
    }

    /** A route whose broker is away. */
    private CaptureRoute waiting(String id, String template) {
        return route(id, template, (change, done) -> {
            tried.incrementAndGet();
            done.accept(new UnavailableException("away"));
        });
    }

    private void exchange(CaptureRoute former, CaptureRoute... next) {
        gateway.captures.swap(() -> {
            gateway.captures.unregister(former);
            for (CaptureRoute route : next) gateway.captures.register(route);
        });
    }

    private void written(CaptureRoute route, String... paths) throws Exception {
        gateway.captures.swap(() -> gateway.captures.register(route));
        for (String path : paths) put(path, 1);
        await().untilAsserted(() -> assertThat(tried).hasPositiveValue());
    }

    @Test
    void aRouteOfAMoreSpecificTemplateGoesOnWhereTheOtherWas() throws Exception {
        CaptureRoute former = waiting("all", "/**");
        written(former, "/customers/1", "/orders/1");
        List<Change> all = new CopyOnWriteArrayList<>();
        List<Change> second = new CopyOnWriteArrayList<>();
        List<Change> customers = new CopyOnWriteArrayList<>();
        exchange(
                former,
                into(all, "all", "/**"),
                into(second, "second", "/**"),
                into(customers, "customers", CUSTOMERS));
        put("/orders/2", 1);
        await().untilAsserted(() -> {
            assertThat(positions(customers)).containsExactly(1L);
            assertThat(positions(all)).containsExactly(2L, 3L);
            assertThat(positions(second))
                    .as("whose items are the other's still")
                    .containsExactly(3L);
        });
    }

    @Test
    void aRouteOfAnotherNameGoesOnWhereItsFormerWas() throws Exception {
        CaptureRoute former = waiting("customers", CUSTOMERS);
        written(former, "/customers/1", "/customers/2");
        List<Change> clients = new CopyOnWriteArrayList<>();
        exchange(former, into(clients, "clients", "/customers/{key}"));
        put("/customers/1", 2);
        await().untilAsserted(() -> assertThat(positions(clients)).containsExactlyInAnyOrder(1L, 2L, 3L));
    }

    @Test
    void whatARouteLeavesGoesToTheOneThatHasItsItemsThen() throws Exception {
        List<Change> before = new CopyOnWriteArrayList<>();
        CaptureRoute all = into(before, "all", "/**");
        gateway.captures.swap(() -> gateway.captures.register(all));
        CaptureRoute customers = waiting("customers", CUSTOMERS);
        written(customers, "/customers/1", "/orders/1");
        await().untilAsserted(() -> assertThat(positions(before)).containsExactly(2L));
        List<Change> after = new CopyOnWriteArrayList<>();
        gateway.captures.swap(() -> {
            gateway.captures.unregister(all);
            gateway.captures.unregister(customers);
            gateway.captures.register(into(after, "all", "/**"));
        });
        put("/customers/2", 1);
        await().untilAsserted(() -> assertThat(positions(after)).containsExactly(1L, 3L));
    }

    @Test
    void whatARouteOfCallsElsewhereHadIsKnownAtTheNextStart() throws Exception {
        CaptureOptions options = CaptureOptions.parse(Map.of("items", "#", "collection", "/customers"));
        CaptureRoute former = new CaptureRoute("bulk", PathTemplate.parse("/bulk"), options, (change, done) -> {
            tried.incrementAndGet();
            done.accept(new UnavailableException("away"));
        });
        written(former, "/customers/1");
        gateway.captures.unregister(former);
        gateway.close();
        gateway = new Gateway(folder, system);
        List<Change> customers = new CopyOnWriteArrayList<>();
        gateway.captures.swap(() -> gateway.captures.register(into(customers, "customers", CUSTOMERS)));
        await().untilAsserted(() -> assertThat(positions(customers)).containsExactly(1L));
    }

    @Test
    void aRouteThatIsNewAtTheStartDoesToo() throws Exception {
        CaptureRoute former = waiting("all", "/**");
        written(former, "/customers/1", "/orders/1");
        gateway.captures.unregister(former);
        gateway.close();
        gateway = new Gateway(folder, system);
        List<Change> all = new CopyOnWriteArrayList<>();
        List<Change> customers = new CopyOnWriteArrayList<>();
        gateway.captures.swap(() -> {
            gateway.captures.register(into(customers, "customers", CUSTOMERS));
            gateway.captures.register(into(all, "all", "/**"));
        });
        await().untilAsserted(() -> {
            assertThat(positions(customers)).containsExactly(1L);
            assertThat(positions(all)).containsExactly(2L);
        });
    }

    /** As when a route gets another id, and the gateway is started anew. */
    @Test
    void whatARouteThatIsGoneAtTheStartLeftGoesToTheOneThatHasItsItems() throws Exception {
        CaptureRoute former = waiting("customers", CUSTOMERS);
        written(former, "/customers/1", "/customers/2");
        gateway.captures.unregister(former);
        gateway.close();
        gateway = new Gateway(folder, system);
        List<Change> clients = new CopyOnWriteArrayList<>();
        List<Change> orders = new CopyOnWriteArrayList<>();
        gateway.captures.swap(() -> {
            gateway.captures.register(into(clients, "clients", "/customers/{key}"));
            gateway.captures.register(into(orders, "orders", "/orders/{id}"));
        });
        put("/customers/1", 2);
        put("/orders/1", 1);
        await().untilAsserted(() -> {
            assertThat(positions(clients)).containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(positions(orders)).containsExactly(4L);
        });
    }

    /** It is not what ran last: what others have handled meanwhile is theirs. */
    @Test
    void whatWasRemovedBeforeTheGatewayEndedLeavesNothingToWhoComesLater() throws Exception {
        CaptureRoute former = waiting("customers", CUSTOMERS);
        written(former, "/customers/1");
        exchange(former);
        gateway.close();
        gateway = new Gateway(folder, system);
        List<Change> clients = new CopyOnWriteArrayList<>();
        gateway.captures.swap(() -> gateway.captures.register(into(clients, "clients", CUSTOMERS)));
        put("/customers/1", 2);
        await().untilAsserted(() -> assertThat(positions(clients)).containsExactly(2L));
    }
}
