package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.TestEdges;
import io.eventful.event.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Systems whose paths are others than those of the gateway. */
class UpstreamPathsTest {

    @TempDir
    Path folder;

    private RestSystem system;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    private void open(String... keys) {
        gateway = new Gateway(folder, TestEdges.of(keys), Gateway.SETTINGS, UnaryOperator.identity());
    }

    /** A POST makes an item, and only a {@code Location} says so. */
    private void made(String location) {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            system.put(location, "{\"n\":1}");
            exchange.getResponseHeaders().set("Location", location);
            RestSystem.reply(exchange, 201, "");
            return true;
        };
    }

    private void createAndUpdate(String collection, String subject) throws Exception {
        assertThat(gateway.call("POST", collection, "{\"n\":1}").statusCode()).isEqualTo(201);
        assertThat(gateway.call("PUT", subject, "{\"n\":2}").statusCode()).isEqualTo(200);
        assertThat(gateway.call("DELETE", subject, "").statusCode()).isEqualTo(204);
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "updated", "deleted");
        assertThat(changes).extracting(Change::subject).containsOnly(subject);
    }

    @Test
    void aLocationWithThePathOfTheUpstreamNamesTheItem() throws Exception {
        open("upstreams.default.url=http://127.0.0.1:" + system.port() + "/api/v1");
        gateway.route("customers", "/customers/{id}", Map.of());
        made("/api/v1/customers/42");
        createAndUpdate("/customers", "/customers/42");
    }

    @Test
    void soItDoesWhereEverythingIsCaptured() throws Exception {
        open("upstreams.default.url=http://127.0.0.1:" + system.port() + "/api/v1");
        gateway.route("everything", "/**", Map.of());
        made("/api/v1/customers/42");
        createAndUpdate("/customers", "/customers/42");
    }

    @Test
    void whatIsCapturedLosesThePrefixThatOtherCallsLose() throws Exception {
        open(
                "upstreams.crm.url=http://127.0.0.1:" + system.port(),
                "edge.routes[0].path=/crm",
                "edge.routes[0].upstream=crm",
                "edge.routes[0].strip-prefix=true");
        gateway.route(
                "customers", "/crm/customers/{id}", Map.of("upstream", "crm", "before", "fetch", "after", "fetch"));
        assertThat(gateway.call("GET", "/crm/customers/42", "").statusCode()).isEqualTo(404);
        createAndUpdate("/crm/customers", "/crm/customers/42");
        assertThat(system.asked).allSatisfy(one -> assertThat(one.target()).startsWith("/customers"));
    }

    @Test
    void aLocationElsewhereNamesTheItemWhereEverythingIsCaptured() throws Exception {
        open("upstreams.default.url=http://127.0.0.1:" + system.port());
        gateway.route("everything", "/**", Map.of());
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            system.put("/orders/9", "{\"id\":9,\"n\":1}");
            exchange.getResponseHeaders().set("Location", "/orders/9");
            RestSystem.reply(exchange, 201, "{\"id\":9,\"n\":1}");
            return true;
        };
        gateway.call("POST", "/carts/3/checkout", "{}");
        assertThat(gateway.only().subject()).isEqualTo("/orders/9");
        assertThat(gateway.only().resource()).isEqualTo("orders");
    }
}
