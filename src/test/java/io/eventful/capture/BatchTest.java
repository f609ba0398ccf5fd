package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Calls that write several items. */
class BatchTest extends CaptureFixture {

    private List<Change> route(String... options) {
        Map<String, String> map = new java.util.HashMap<>(Map.of("resource", "customer"));
        for (int i = 0; i < options.length; i += 2) map.put(options[i], options[i + 1]);
        return gateway.route("customers", "/customers/{id}", map);
    }

    private void answer(int status, String json) {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            RestSystem.reply(exchange, status, json);
            return true;
        };
    }

    private static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    @Test
    void eachDoneElementOfAMultiStatusIsAChangeOfOneCall() throws Exception {
        List<Change> received =
                route("items", "#/results", "itemStatus", "/status", "id", "/item/id", "exposePosition", "true");
        answer(207, """
            {"results":[{"status":201,"item":{"id":1,"n":"a"}},
                        {"status":"HTTP/1.1 200 OK","item":{"id":2,"n":"b"}},
                        {"status":409,"item":{"id":3}},
                        {"status":202,"item":{"id":4}}]}\
            """);
        assertThat(gateway.call("POST", "/customers", "[{}]").headers().firstValue("Eventful-Position"))
                .hasValue("2");
        List<Change> changes = gateway.changes();
        assertThat(changes)
                .extracting(Change::subject, Change::action, Change::outcome, Change::order)
                .containsExactly(
                        tuple("/customers/1", "created", Change.Outcome.CONFIRMED, Change.Order.OBSERVED),
                        tuple("/customers/2", "updated", Change.Outcome.CONFIRMED, Change.Order.OBSERVED));
        assertThat(changes.getFirst().after()).isEqualTo(known("{\"id\":1,\"n\":\"a\"}"));
        assertThat(changes).extracting(Change::causation).doesNotContainNull();
        assertThat(changes.stream().map(Change::causation).distinct()).hasSize(1);
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
        await().untilAsserted(() -> assertThat(received).hasSize(2));
    }

    @Test
    void anArrayReplyToAPatchOnTheCollectionUpdatesItsItems() throws Exception {
        route("items", "#");
        gateway.call("PUT", "/customers/1", "{\"n\":\"old\"}");
        answer(200, "[{\"id\":1,\"n\":\"new\"},{\"id\":2,\"n\":\"b\"}]");
        gateway.call("PATCH", "/customers", "[{\"id\":1,\"n\":\"new\"},{\"id\":2,\"n\":\"b\"}]");
        List<Change> changes = gateway.changes();
        assertThat(changes).hasSize(3);
        assertThat(changes.get(1).subject()).isEqualTo("/customers/1");
        assertThat(changes.get(1).revision()).isEqualTo(2);
        assertThat(changes.get(1).before()).isEqualTo(known("{\"n\":\"old\",\"id\":1}"));
        assertThat(changes.get(1).reversible()).isTrue();
        assertThat(changes.get(2).subject()).isEqualTo("/customers/2");
        assertThat(changes.get(2).reversible()).isFalse();
        assertThat(changes.get(2).reason()).isEqualTo("not-in-ledger");
    }

    @Test
    void reportsBesideTheIdTakeTheStateFromWhatWasSent() throws Exception {
        route("items", "#", "itemStatus", "/status");
        answer(207, "[{\"id\":1,\"status\":201},{\"id\":2,\"status\":500}]");
        gateway.call("POST", "/customers", "[{\"n\":\"a\"},{\"n\":\"b\"}]");
        assertThat(gateway.only().after()).isEqualTo(known("{\"n\":\"a\"}"));
        assertThat(gateway.only().reason()).isEqualTo(Content.DERIVED);
    }

    @Test
    void anItemThatOneCallWritesTwiceHasTwoChangesThatFitTogether() throws Exception {
        route("items", "#");
        answer(201, "[{\"id\":1,\"n\":1},{\"id\":1,\"n\":2}]");
        gateway.call("POST", "/customers", "[{\"n\":1},{\"n\":2}]");
        assertThat(gateway.changes())
                .extracting(Change::action, Change::before, Change::after)
                .containsExactly(
                        tuple("created", new Image.Absent(), known("{\"id\":1,\"n\":1}")),
                        tuple("updated", known("{\"id\":1,\"n\":1}"), known("{\"id\":1,\"n\":2}")));
    }

    @Test
    void whatIsRedactedInEachItemIsNotInTheReplyThatIsKeptForAKeyEither() throws Exception {
        route("items", "#/all", "id", "/item/id", "redact", "/ssn");
        answer(201, "{\"all\":[{\"item\":{\"id\":1,\"ssn\":\"secret\"}},{\"item\":{\"id\":2,\"ssn\":\"secret\"}}]}");
        String sent = "[{\"ssn\":\"secret\"},{\"ssn\":\"secret\"}]";
        assertThat(gateway.call("POST", "/customers", sent, "Idempotency-Key", "a")
                        .body())
                .contains("secret");
        assertThat(gateway.call("POST", "/customers", sent, "Idempotency-Key", "a")
                        .body())
                .isEqualTo("{\"all\":[{\"item\":{\"id\":1}},{\"item\":{\"id\":2}}]}");
        assertThat(gateway.changes().getFirst().after())
                .isEqualTo(known("{\"id\":1}").redacted());
        assertThat(gateway.changes().getFirst().request().digest()).isEqualTo(Json.digest(Json.parse("[{},{}]")));
    }

    @Test
    void elementsWithoutAStatusOfAMultiStatusAreUnknown() throws Exception {
        route("items", "#");
        answer(207, "[{\"id\":1}]");
        gateway.call("POST", "/customers", "[{}]");
        assertThat(gateway.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(gateway.only().reason()).isEqualTo("no-status");
    }

    @Test
    void aBatchWithoutAReplyIsUnknownAndReachesItsRoute() throws Exception {
        List<Change> received = route("items", "#");
        system.script = (exchange, body) -> {
            exchange.close();
            return true;
        };
        assertThat(gateway.call("PATCH", "/customers", "[{}]").statusCode()).isEqualTo(502);
        await().untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(received.getFirst().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(received.getFirst().subject()).isEqualTo("/customers");
    }

    @Test
    void reportsFindTheStateInAWrappedRequestToo() throws Exception {
        route("items", "#/results", "itemStatus", "/status");
        answer(207, "{\"results\":[{\"id\":1,\"status\":201}]}");
        gateway.call("POST", "/customers", "{\"results\":[{\"n\":\"a\"}]}");
        assertThat(gateway.only().after()).isEqualTo(known("{\"n\":\"a\"}"));
    }

    @Test
    void aReportOfAPatchLeavesTheRestOfTheItemAsItWas() throws Exception {
        route("items", "#", "itemStatus", "/status");
        gateway.call("PUT", "/customers/1", "{\"n\":\"old\",\"k\":1}");
        answer(207, "[{\"id\":1,\"status\":200},{\"id\":2,\"status\":200}]");
        gateway.call("PATCH", "/customers", "[{\"n\":\"new\"},{\"n\":\"b\"}]");
        assertThat(gateway.changes().get(1).after()).isEqualTo(known("{\"n\":\"new\",\"k\":1,\"id\":1}"));
        assertThat(gateway.changes().get(2).after()).isEqualTo(new Image.Unknown("no-representation"));
    }

    @Test
    void whatAPostIsAnsweredWithIsMadeWhereNobodyKnowsIt() throws Exception {
        route("items", "#");
        gateway.call("PUT", "/customers/1", "{\"n\":1}");
        answer(200, "[{\"id\":1,\"n\":2},{\"id\":2,\"n\":2}]");
        gateway.call("POST", "/customers", "[{\"n\":2},{\"n\":2}]");
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "updated", "created");
        assertThat(gateway.changes().getLast().before()).isEqualTo(new Image.Absent());
    }

    @Test
    void aSingleCreateOnSuchARouteIsOneChange() throws Exception {
        route("items", "#");
        gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.only().subject()).isEqualTo("/customers/42");
    }

    @Test
    void aReportIsMatchedByItsIdAndNeverByItsPlaceAlone() throws Exception {
        route("items", "#/results", "itemStatus", "/status");
        answer(207, """
            {"results":[{"id":3,"status":200},{"id":1,"status":200},{"id":4,"status":200}]}\
            """);
        gateway.call("PUT", "/customers", "[{\"id\":1,\"n\":\"a\"},{\"id\":2,\"n\":\"b\"},{\"id\":3,\"n\":\"c\"}]");
        assertThat(gateway.changes())
                .extracting(Change::subject, Change::after)
                .containsExactly(
                        tuple("/customers/3", known("{\"id\":3,\"n\":\"c\"}")),
                        tuple("/customers/1", known("{\"id\":1,\"n\":\"a\"}")),
                        tuple("/customers/4", new Image.Unknown("no-representation")));
    }

    @Test
    void reportsOfSomeElementsSayNothingOfThePlacesOfOthers() throws Exception {
        route("items", "#/results", "itemStatus", "/status");
        answer(207, "{\"results\":[{\"id\":8,\"status\":201}]}");
        gateway.call("POST", "/customers", "[{\"n\":\"refused\"},{\"n\":\"made\"}]");
        assertThat(gateway.only().subject()).isEqualTo("/customers/8");
        assertThat(gateway.only().after()).isEqualTo(new Image.Unknown("no-representation"));
    }

    @Test
    void reportsOfAnItemThatIsSentTwiceAreAboutWhatWasSentInTheirOrder() throws Exception {
        route("items", "#", "itemStatus", "/status");
        answer(200, "[{\"id\":1,\"status\":409},{\"id\":1,\"status\":200},{\"id\":1,\"status\":200}]");
        gateway.call("PUT", "/customers", "[{\"id\":1,\"c\":1},{\"id\":1,\"c\":2},{\"id\":1,\"c\":3}]");
        assertThat(gateway.changes())
                .extracting(Change::subject, Change::after)
                .containsExactly(
                        tuple("/customers/1", known("{\"id\":1,\"c\":2}")),
                        tuple("/customers/1", known("{\"id\":1,\"c\":3}")));
    }

    @Test
    void oneReportOfAnItemThatIsSentTwiceDoesNotTellWhichWasDone() throws Exception {
        route("items", "#", "itemStatus", "/status");
        answer(200, "[{\"id\":1,\"status\":200}]");
        gateway.call("PUT", "/customers", "[{\"id\":1,\"c\":1},{\"id\":1,\"c\":2}]");
        assertThat(gateway.only().after()).isEqualTo(new Image.Unknown("no-representation"));
    }
}
