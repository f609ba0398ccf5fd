package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.ledger.Compensation.Result;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that write several items of another collection than the path that they are made at. */
class BulkTest {

    private static final Map<String, String> BULK =
            Map.of("resource", "customer", "items", "#", "collection", "/customers");

    @TempDir
    java.nio.file.Path folder;

    RestSystem system;
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        system.token = "own";
        gateway = new Gateway(folder, system, "own", Gateway.SETTINGS);
        // Keeps each element in the collection beside, under an id of its own or the one that it has.
        system.script = (exchange, body) -> {
            String path = exchange.getRequestURI().getPath();
            if (exchange.getRequestMethod().equals("GET") || !path.endsWith("/bulk")) return false;
            String collection = path.substring(0, path.length() - "/bulk".length());
            JsonNode items = Json.parse(body);
            int id = 11;
            for (JsonNode item : items) {
                if (!item.has("id")) ((ObjectNode) item).put("id", id++);
                system.items.put(collection + "/" + item.get("id").asText(), Json.bytes(item));
            }
            RestSystem.reply(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, Json.text(items));
            return true;
        };
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    private int call(String method, String path, String body) throws Exception {
        return gateway.call(method, path, body, "Authorization", "Bearer own").statusCode();
    }

    private static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    private Result reverse(long position) {
        return gateway.compensation
                .apply(gateway.ledger().at(position).orElseThrow())
                .toCompletableFuture()
                .join();
    }

    @Test
    void theItemsHaveTheirOwnAddressesAndTheRouteHasAllTheirChanges() throws Exception {
        List<Change> received = gateway.route("bulk", "/customers/bulk", BULK);
        assertThat(call("POST", "/customers/bulk", "[{\"n\":1},{\"n\":2}]")).isEqualTo(201);
        assertThat(call("PUT", "/customers/11", "{\"n\":3}")).isEqualTo(200);
        assertThat(gateway.changes())
                .extracting(Change::subject, Change::revision, Change::action, Change::before, Change::after)
                .containsExactly(
                        tuple("/customers/11", 1L, "created", new Image.Absent(), known("{\"n\":1,\"id\":11}")),
                        tuple("/customers/12", 1L, "created", new Image.Absent(), known("{\"n\":2,\"id\":12}")),
                        tuple(
                                "/customers/11",
                                2L,
                                "updated",
                                known("{\"n\":1,\"id\":11}"),
                                known("{\"n\":3,\"id\":11}")));
        assertThat(gateway.changes()).extracting(Change::resource).containsOnly("customer");
        await().untilAsserted(() -> assertThat(received).hasSize(3));
    }

    @Test
    void aTemplateWithAVariableAtItsEndMeansTheCallsOnItsCollection() throws Exception {
        gateway.route("bulk", "/customers/bulk/{id}", BULK);
        call("POST", "/customers/bulk", "[{}]");
        assertThat(gateway.only().subject()).isEqualTo("/customers/11");
    }

    @Test
    void theRouteOfTheItemsHasTheirChangesAndItsNameAndRedactionHold() throws Exception {
        List<Change> items =
                gateway.route("customers", "/customers/{id}", Map.of("resource", "customer", "redact", "/ssn"));
        List<Change> bulk = gateway.route("bulk", "/customers/bulk", Map.of("items", "#", "collection", "/customers"));
        call("PUT", "/customers/11", "{\"n\":1}");
        call("PATCH", "/customers/bulk", "[{\"id\":11,\"n\":2,\"ssn\":\"secret\"}]");
        await().untilAsserted(() -> assertThat(items).hasSize(2));
        Change change = items.getLast();
        assertThat(change.subject()).isEqualTo("/customers/11");
        assertThat(change.resource()).isEqualTo("customer");
        assertThat(change.before()).isEqualTo(known("{\"n\":1,\"id\":11}"));
        assertThat(change.after()).isEqualTo(known("{\"n\":2,\"id\":11}").redacted());
        assertThat(change.reason()).isEqualTo(Content.REDACTED);
        assertThat(bulk).isEmpty();
    }

    @Test
    void variablesOfTheCollectionAreTakenFromTheCall() throws Exception {
        List<Change> received = gateway.route(
                "bulk",
                "/tenants/{tenant}/customers/bulk",
                Map.of("items", "#", "collection", "/tenants/{tenant}/customers"));
        call("POST", "/tenants/a%2fb/customers/bulk", "[{}]");
        await().untilAsserted(() -> assertThat(received).hasSize(1));
        assertThat(received.getFirst().subject()).isEqualTo("/tenants/a%2Fb/customers/11");
        assertThat(received.getFirst().resource()).isEqualTo("customers");
    }

    @Test
    void otherPathsBelowTheCallsAreNotTheRoutes() throws Exception {
        gateway.route("bulk", "/customers/bulk", BULK);
        assertThat(call("GET", "/customers/bulk", "")).isEqualTo(404);
        assertThat(call("DELETE", "/customers/bulk/1", "")).isEqualTo(404);
        assertThat(gateway.changes()).isEmpty();
    }

    @Test
    void whatACallMadeIsTakenBackAtTheItem() throws Exception {
        gateway.route("bulk", "/customers/bulk", BULK);
        call("POST", "/customers/bulk", "[{\"n\":1}]");
        assertThat(reverse(1)).isInstanceOf(Result.Reversed.class);
        assertThat(system.writes()).containsExactly("POST /customers/bulk", "DELETE /customers/11");
        assertThat(system.gets("/customers/11")).isPositive();
    }

    @Test
    void whatACallUpdatedIsPutBackAtTheItem() throws Exception {
        gateway.route("bulk", "/customers/bulk", BULK);
        call("POST", "/customers/bulk", "[{\"n\":1}]");
        call("PATCH", "/customers/bulk", "[{\"id\":11,\"n\":2}]");
        assertThat(reverse(2)).isInstanceOf(Result.Reversed.class);
        assertThat(system.writes()).last().isEqualTo("PUT /customers/11");
        assertThat(gateway.changes().getLast().after()).isEqualTo(known("{\"n\":1,\"id\":11}"));
    }

    @Test
    void anItemThatSuchACallMadeIsMadeAgainInItsCollection() throws Exception {
        gateway.route("bulk", "/customers/bulk", BULK);
        call("POST", "/customers/bulk", "[{\"n\":1}]");
        call("DELETE", "/customers/11", "");
        assertThat(reverse(2)).isInstanceOf(Result.Reversed.class);
        assertThat(system.writes()).last().isEqualTo("POST /customers");
    }

    @Test
    void aDriftOfSuchAnItemIsFoundAtTheItem() throws Exception {
        gateway.route("bulk", "/customers/bulk", BULK);
        call("POST", "/customers/bulk", "[{\"n\":1}]");
        system.put("/customers/11", "{\"n\":9,\"id\":11}");
        Item item = new Item("/upstreams/default", "", "/customers/11");
        assertThat(gateway.inspections.inspect(item, Inspections.Repair.YES).result())
                .isEqualTo(Inspections.Result.REPAIRED);
        assertThat(gateway.changes().getLast().action()).isEqualTo("drifted");
    }

    @Test
    void aCallWhoseReplyNamesNoItemsIsUnknownAndReachesTheRouteOfTheItems() throws Exception {
        List<Change> items = gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
        gateway.route("bulk", "/customers/bulk", BULK);
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 200, "{\"imported\":2}");
            return true;
        };
        call("POST", "/customers/bulk", "[{},{}]");
        call("PATCH", "/customers/bulk", "[{},{}]");
        await().untilAsserted(() -> assertThat(items)
                .extracting(Change::subject, Change::action, Change::outcome, Change::reason)
                .containsExactly(
                        tuple("/customers", "created", Change.Outcome.UNKNOWN, "no-items"),
                        tuple("/customers", "updated", Change.Outcome.UNKNOWN, "no-items")));
    }

    @Test
    void aReplyWithOneItemIsOneChange() throws Exception {
        gateway.route("bulk", "/customers/bulk", BULK);
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 201, "{\"id\":5,\"n\":1}");
            return true;
        };
        call("POST", "/customers/bulk", "{\"n\":1}");
        assertThat(gateway.only().subject()).isEqualTo("/customers/5");
    }

    @Test
    void twoSuchPathsOfOneCollectionShareItsItems() throws Exception {
        List<Change> first = gateway.route("bulk", "/customers/bulk", BULK);
        List<Change> second = gateway.route("imports", "/imports/customers/bulk", BULK);
        call("POST", "/imports/customers/bulk", "[{\"id\":3}]");
        await().untilAsserted(() -> assertThat(first).hasSize(1));
        await().untilAsserted(() -> assertThat(second).hasSize(1));
        assertThat(first.getFirst().subject()).isEqualTo("/customers/3");
    }

    @Test
    void routesThatContradictEachOtherAreNamed() {
        gateway.route("bulk", "/customers/bulk", BULK);
        assertThatThrownBy(() ->
                        gateway.route("imports", "/imports", Map.of("items", "#/all", "collection", "/customers")))
                .hasMessageContaining("bulk")
                .hasMessageContaining("imports")
                .hasMessageContaining("/customers/{id}");
        assertThatThrownBy(() -> gateway.route("customers", "/customers/{key}", Map.of("scope", "X-Tenant")))
                .hasMessageContaining("bulk")
                .hasMessageContaining("customers")
                .hasMessageContaining("scope");
        assertThatThrownBy(() -> gateway.route("others", "/customers/bulk/{id}", Map.of()))
                .hasMessageContaining("bulk")
                .hasMessageContaining("others")
                .hasMessageContaining("/customers/bulk");
    }
}
