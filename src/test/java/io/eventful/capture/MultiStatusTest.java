package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.eventful.event.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A 207 to a POST of which no route says where it has its items. */
class MultiStatusTest extends CaptureFixture {

    private final Logger logger = (Logger) LoggerFactory.getLogger(MultiStatus.class);
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        logger.addAppender(logged);
    }

    @AfterEach
    void leave() {
        logger.detachAppender(logged);
    }

    private List<String> told() {
        return logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private void answer(String json) {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            RestSystem.reply(exchange, 207, json);
            return true;
        };
    }

    private void post(String path, String body) throws Exception {
        assertThat(gateway.call("POST", path, body).statusCode()).isEqualTo(207);
    }

    @Test
    void elementsThatCanBeToldApartAreChangesOfTheirItems() throws Exception {
        List<Change> received = gateway.route("everything", "/**", Map.of());
        system.put("/customers/1", "{\"id\":1,\"n\":\"a\"}");
        answer("[{\"id\":1,\"status\":201},{\"status\":409},{\"id\":2,\"status\":201}]");
        post("/customers", "[{\"n\":\"a\"},{\"n\":\"b\"},{\"n\":\"c\"}]");
        await().untilAsserted(() -> assertThat(received).hasSize(2));
        // Of different items the route may take them side by side; the ledger has them in the order of the reply.
        assertThat(gateway.changes())
                .extracting(Change::subject, Change::resource, Change::action, Change::order, Change::after)
                .containsExactly(
                        tuple("/customers/1", "customers", "created", Change.Order.OBSERVED, json("{\"n\":\"a\"}")),
                        tuple("/customers/2", "customers", "created", Change.Order.OBSERVED, json("{\"n\":\"c\"}")));
        assertThat(received).extracting(Change::causation).doesNotContainNull();
        assertThat(received.stream().map(Change::causation).distinct()).hasSize(1);
        assertThat(told()).isEmpty();
    }

    @Test
    void writesOfAWholeCollectionAreToldOfItsItemsToo() throws Exception {
        gateway.route("everything", "/**", Map.of());
        put("/t/9/customers/1", 1);
        answer("[{\"id\":1,\"status\":200},{\"id\":2,\"status\":201}]");
        gateway.call("PUT", "/t/9/customers", "[{\"id\":1,\"n\":2},{\"id\":2,\"n\":3}]");
        assertThat(gateway.changes())
                .extracting(Change::subject, Change::resource, Change::action, Change::after)
                .contains(
                        tuple("/t/9/customers/1", "customers", "updated", json("{\"id\":1,\"n\":2}")),
                        tuple("/t/9/customers/2", "customers", "created", json("{\"id\":2,\"n\":3}")))
                .hasSize(3);
    }

    @Test
    void aCollectionThatLooksAsBeforeIsNoReasonToSayNothing() throws Exception {
        gateway.route("everything", "/**", Map.of());
        answer("{\"done\":2}");
        system.put("/customers", "[]");
        gateway.call("PATCH", "/customers", "[{}]");
        assertThat(gateway.changes()).isEmpty();
        assertThat(told()).hasSize(1);
    }

    @Test
    void theyMayBeTheOneArrayInAnObject() throws Exception {
        gateway.route("everything", "/**", Map.of());
        system.put("/customers/1", "{\"id\":1}");
        answer("{\"took\":3,\"results\":[{\"id\":1,\"status\":201}]}");
        post("/customers", "[{\"n\":\"a\"}]");
        assertThat(gateway.only().subject()).isEqualTo("/customers/1");
    }

    @Test
    void whereNoneWasDoneNothingChanged() throws Exception {
        gateway.route("everything", "/**", Map.of());
        answer("[{\"status\":409},{\"status\":400}]");
        post("/customers", "[{},{}]");
        assertThat(gateway.changes()).isEmpty();
        assertThat(told()).isEmpty();
    }

    @Test
    void itemsThatAreNotSeenAtTheAddressAreNotInvented() throws Exception {
        gateway.route("everything", "/**", Map.of());
        answer("[{\"id\":1,\"status\":201}]");
        post("/$batch", "[{}]");
        post("/$batch", "[{}]");
        post("/other", "[{}]");
        assertThat(gateway.changes()).isEmpty();
        assertThat(told()).hasSize(2);
        assertThat(told().getFirst())
                .isEqualTo("capture.multi-status-not-told route=everything path=/$batch reason=\"there is no item at"
                        + " /$batch/1\" then=\"set items, itemStatus and id of a capture: route for this path\"");
    }

    @Test
    void whyElementsCannotBeToldApartIsLogged() throws Exception {
        gateway.route("everything", "/**", Map.of());
        answer("{\"a\":[{}],\"b\":[{}]}");
        post("/a", "[{}]");
        answer("[{\"id\":1,\"state\":\"done\"}]");
        post("/b", "[{}]");
        answer("[{\"status\":201,\"body\":{\"id\":1}}]");
        post("/c", "[{}]");
        assertThat(gateway.changes()).isEmpty();
        assertThat(told())
                .satisfiesExactly(
                        line -> assertThat(line).contains("the response is not one array of objects"),
                        line -> assertThat(line).contains("an element has no status at /status"),
                        line -> assertThat(line).contains("an element that was done has no id at /id"));
    }

    @Test
    void whatMustNotBeKeptOfItemsIsNotLookedForInUnknownPlaces() throws Exception {
        customers("redact", "/ssn");
        system.put("/customers/1", "{\"id\":1}");
        answer("[{\"id\":1,\"status\":201}]");
        post("/customers", "[{\"ssn\":\"secret\"}]");
        assertThat(gateway.changes()).extracting(Change::subject).containsExactly("/customers");
        assertThat(told().getFirst()).contains("redact");
    }

    @Test
    void onItsOwnCollectionARouteGetsAnUnknownChange() throws Exception {
        List<Change> received = gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
        answer("{\"done\":2}");
        post("/customers", "[{},{}]");
        await().untilAsserted(() -> assertThat(received)
                .extracting(Change::subject, Change::action, Change::outcome, Change::reason)
                .containsExactly(tuple("/customers", "created", Change.Outcome.UNKNOWN, "no-items")));
        assertThat(told()).hasSize(1);
    }
}
