package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which item a call has made. */
class NewItemTest extends CaptureFixture {

    @Test
    void aPutThatMakesItsItemIsACreate() throws Exception {
        customers();
        assertThat(gateway.call("PUT", "/customers/9", "{\"name\":\"N\"}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.only().action()).isEqualTo("created");
        assertThat(gateway.only().before()).isEqualTo(new Image.Absent());
    }

    @Test
    void whatWasSeenToBeThereIsUpdatedThoughTheSystemSaysThatItIsMade() throws Exception {
        customers("before", "fetch");
        system.put("/customers/9", "{\"id\":9,\"n\":1}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            system.apply("/customers/9", body);
            RestSystem.reply(exchange, 201, new String(system.items.get("/customers/9")));
            return true;
        };
        put("/customers/9", 2);
        put("/customers/9", 3);
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("updated", "updated");
    }

    @Test
    void aCreatedItemIsFoundByLocationOrById() throws Exception {
        customers("id", "/data/key");
        String[] locations = {"http://elsewhere:1/customers/a%20b", "/customers/c?x=1", "customers/d", "", "/other/9"};
        int[] count = {0};
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            String location = locations[count[0]++];
            if (!location.isEmpty()) exchange.getResponseHeaders().set("Location", location);
            RestSystem.reply(exchange, 201, "{\"n\":1,\"data\":{\"key\":\"k/" + count[0] + "\"}}");
            return true;
        };
        for (int i = 0; i < locations.length; i++) gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.changes())
                .extracting(change -> change.item().subject())
                .containsExactly(
                        "/customers/a%20b", "/customers/c", "/customers/d", "/customers/k%2F4", "/customers/k%2F5");
    }

    @Test
    void aLocationThatIsNotEscapedNamesItsItemAllTheSame() throws Exception {
        customers();
        // One character for each byte of UTF-8, as it comes from the wire.
        String[] locations = {"/customers/\u00c3\u00a4", "/customers/a b"};
        system.put("/customers/\u00e4", "{\"n\":1}");
        system.put("/customers/a b", "{\"n\":1}");
        for (String location : locations) {
            system.script = (exchange, body) -> {
                if (!exchange.getRequestMethod().equals("POST")) return false;
                exchange.getResponseHeaders().set("Location", location);
                RestSystem.reply(exchange, 201, "");
                return true;
            };
            gateway.call("POST", "/customers", "{\"n\":1}");
        }
        assertThat(gateway.changes())
                .extracting(Change::subject)
                .containsExactly("/customers/%C3%A4", "/customers/a%20b");
        assertThat(gateway.changes()).extracting(Change::after).containsOnly(json("{\"n\":1}"));
    }

    @Test
    void aLocationWithDotSegmentsNamesItsItemWhereItIs() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            system.put("/customers/7", "{\"n\":1}");
            exchange.getResponseHeaders().set("Location", "/x/../customers/7");
            RestSystem.reply(exchange, 201, "");
            return true;
        };
        gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.only().subject()).isEqualTo("/customers/7");
        assertThat(gateway.only().after()).isEqualTo(json("{\"n\":1}"));
        gateway.compensation.apply(gateway.only()).toCompletableFuture().join();
        assertThat(system.writes()).containsExactly("POST /customers", "DELETE /customers/7");
    }

    @Test
    void aCollectionThatIsNotEscapedHasItsItemsAllTheSame() throws Exception {
        gateway.route("orders", "/shops/{shop}/orders/{id}", Map.of());
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            exchange.getResponseHeaders().set("Location", "/shops/%C3%A4/orders/7");
            RestSystem.reply(exchange, 201, "");
            return true;
        };
        try (Socket client = new Socket("127.0.0.1", gateway.edge.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write(
                            "POST /shops/\u00e4/orders HTTP/1.1\r\nHost: g\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(new String(client.getInputStream().readAllBytes())).startsWith("HTTP/1.1 201");
        }
        assertThat(gateway.only().outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(gateway.only().subject()).isEqualTo("/shops/%C3%A4/orders/7");
    }

    @Test
    void aCreateThatNamesNoItemIsAnUnknownChangeOfItsCollection() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 201, "");
            return true;
        };
        gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.only().item().subject()).isEqualTo("/customers");
        assertThat(gateway.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(gateway.only().reason()).isEqualTo("no-id");
    }

    private void answer(int status, String json) {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            RestSystem.reply(exchange, status, json);
            return true;
        };
    }

    @Test
    void aCreateThatIsAnsweredOtherwiseThanBy201IsLookedAt() throws Exception {
        customers();
        system.put("/customers/5", "{\"id\":5,\"n\":1,\"at\":9}");
        answer(200, "{\"id\":5,\"n\":1}");
        gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.only().action()).isEqualTo("created");
        assertThat(gateway.only().item().subject()).isEqualTo("/customers/5");
        assertThat(gateway.only().after()).isEqualTo(new Image.Known(Json.parse("{\"id\":5,\"n\":1,\"at\":9}")));

        system.put("/customers/5", "{\"id\":5,\"n\":2}");
        gateway.call("POST", "/customers", "{\"n\":2}");
        Change upsert = gateway.changes().getLast();
        assertThat(upsert.action()).isEqualTo("updated");
        assertThat(upsert.before()).isEqualTo(gateway.changes().getFirst().after());
    }

    @Test
    void itIsWhatTheReplySaysWhereTheRouteSaysSo() throws Exception {
        customers("after", "response");
        answer(200, "{\"id\":5,\"n\":1}");
        gateway.call("POST", "/customers", "{\"n\":1}");
        assertThat(gateway.only().after()).isEqualTo(new Image.Known(Json.parse("{\"id\":5,\"n\":1}")));
        assertThat(system.gets("/customers/5")).isZero();
    }

    @Test
    void aReplyAboutSomethingElseMakesNoItem() throws Exception {
        customers();
        answer(200, "{\"id\":\"query-7\",\"found\":0}");
        gateway.call("POST", "/customers", "{\"q\":\"ada\"}");
        answer(200, "{\"items\":[]}");
        gateway.call("POST", "/customers", "{\"q\":\"ada\"}");
        answer(204, "");
        gateway.call("POST", "/customers", "{}");
        assertThat(gateway.changes()).isEmpty();
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }

    @Test
    void acceptedIsDoneWhereTheRouteSaysSo() throws Exception {
        customers("success", "200-299,202");
        answer(202, "{\"id\":6}");
        system.put("/customers/6", "{\"id\":6}");
        gateway.call("POST", "/customers", "{}");
        assertThat(gateway.only().item().subject()).isEqualTo("/customers/6");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            system.put("/customers/6", "{\"id\":6,\"n\":1}");
            RestSystem.reply(exchange, 202, "{\"job\":1}");
            return true;
        };
        gateway.call("PUT", "/customers/6", "{\"n\":1}");
        assertThat(gateway.changes().getLast().after()).isEqualTo(new Image.Known(Json.parse("{\"id\":6,\"n\":1}")));
    }

    /** Posts to the customers; the answer is 201 and names a place. */
    private Change posted(String location, String reply) throws Exception {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            exchange.getResponseHeaders().set("Location", location);
            RestSystem.reply(exchange, 201, reply);
            return true;
        };
        gateway.call("POST", "/customers", "{\"n\":1}");
        return gateway.changes().getLast();
    }

    @Test
    void aLocationWithinAnItemNamesTheItem() throws Exception {
        customers();
        gateway.route("everything", "/**", Map.of());
        system.put("/customers/7", "{\"n\":1}");
        Change change = posted("https://elsewhere/customers/7/_history/1", "");
        assertThat(change.subject()).isEqualTo("/customers/7");
        assertThat(change.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(change.after()).isEqualTo(json("{\"n\":1}"));
    }

    @Test
    void anIdInTheReplyComesBeforeThat() throws Exception {
        customers();
        assertThat(posted("/customers/7/_history/1", "{\"id\":8,\"n\":1}").subject())
                .isEqualTo("/customers/8");
    }

    @Test
    void aLocationThatIsAnItemOfAnotherRouteIsNotCutShort() throws Exception {
        customers();
        gateway.route("notes", "/customers/{customer}/notes/{id}", Map.of());
        Change change = posted("/customers/7/notes/1", "");
        assertThat(change.subject()).isEqualTo("/customers");
        assertThat(change.outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(posted("/elsewhere/7/_history/1", "").subject()).isEqualTo("/customers");
    }
}
