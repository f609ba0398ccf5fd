package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which calls become which changes. */
class CaptureTest extends CaptureFixture {

    @Test
    void createUpdatePatchAndDeleteAreOneChain() throws Exception {
        customers();
        assertThat(gateway.call("POST", "/customers", "{\"name\":\"Ada\"}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.call("PUT", "/customers/42", "{\"name\":\"Ada L\"}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.call("PATCH", "/customers/42", "{\"vip\":true}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.call("DELETE", "/customers/42", "").statusCode()).isEqualTo(204);
        assertThat(gateway.call("DELETE", "/customers/42", "").statusCode()).isEqualTo(404);

        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "updated", "updated", "deleted");
        assertThat(changes).extracting(Change::revision).containsExactly(1L, 2L, 3L, 4L);
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.item().subject()).isEqualTo("/customers/42");
            assertThat(change.item().source()).isEqualTo("/upstreams/default");
            assertThat(change.resource()).isEqualTo("customer");
            assertThat(change.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
            assertThat(change.order()).isEqualTo(Change.Order.LANE);
            assertThat(change.reversible()).isTrue();
            assertThat(change.reason()).isNull();
        });
        assertThat(changes.get(0).before()).isEqualTo(new Image.Absent());
        assertThat(changes.get(0).after()).isEqualTo(json("{\"name\":\"Ada\",\"id\":42}"));
        for (int i = 1; i < 4; i++)
            assertThat(changes.get(i).before()).isEqualTo(changes.get(i - 1).after());
        assertThat(changes.get(3).after()).isEqualTo(new Image.Absent());
        // Replies showed every state: only the second DELETE looked whether the item had come back.
        assertThat(system.gets("/customers/42")).isEqualTo(1);
        assertThat(system.writes()).hasSize(5);
    }

    @Test
    void refusedPendingAndRedirectedCallsAreNoChange() throws Exception {
        customers();
        for (int status : new int[] {202, 303, 304, 400, 409, 412, 500}) {
            system.script = (exchange, body) -> {
                if (exchange.getRequestMethod().equals("GET")) return false;
                RestSystem.reply(exchange, status, "");
                return true;
            };
            assertThat(gateway.call("PUT", "/customers/7", "{\"a\":1}").statusCode())
                    .isEqualTo(status);
            assertThat(gateway.call("POST", "/customers", "{\"a\":1}").statusCode())
                    .isEqualTo(status);
        }
        assertThat(gateway.changes()).isEmpty();
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }

    @Test
    void anActionChangesItsParent() throws Exception {
        gateway.route("orders", "/orders/{id}", Map.of("resource", "order", "actions", "cancel,ship"));
        system.put("/orders/7", "{\"id\":7,\"status\":\"open\"}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestURI().getPath().equals("/orders/7/cancel")) return false;
            system.put("/orders/7", "{\"id\":7,\"status\":\"cancelled\"}");
            RestSystem.reply(exchange, 200, "{\"queued\":true}");
            return true;
        };
        gateway.call("POST", "/orders/7/cancel", "");
        Change change = gateway.only();
        assertThat(change.action()).isEqualTo("cancel");
        assertThat(change.item().subject()).isEqualTo("/orders/7");
        assertThat(change.before()).isEqualTo(json("{\"id\":7,\"status\":\"open\"}"));
        assertThat(change.after()).isEqualTo(json("{\"id\":7,\"status\":\"cancelled\"}"));
    }

    @Test
    void everythingIsCapturedByTheOpenTemplateButALogin() throws Exception {
        gateway.route("everything", "/**", Map.of());
        gateway.call("POST", "/api/customers", "{\"name\":\"Ada\"}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestURI().getPath().equals("/login")) return false;
            RestSystem.reply(exchange, 200, "{\"token\":\"t\"}");
            return true;
        };
        gateway.call("POST", "/login", "{\"user\":\"ada\"}");
        system.script = (exchange, body) -> false;
        gateway.call("PUT", "/api/customers/42", "{\"name\":\"Eve\"}");
        List<Change> changes = gateway.changes();
        assertThat(changes)
                .extracting(change -> change.resource() + "." + change.action())
                .containsExactly("customers.created", "customers.updated");
        assertThat(changes).extracting(change -> change.item().subject()).containsOnly("/api/customers/42");
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }

    @Test
    void whatWasWrittenBehindTheGatewayIsADrift() throws Exception {
        customers("before", "fetch");
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        system.put("/customers/7", "{\"n\":99,\"id\":7}");
        gateway.call("PUT", "/customers/7", "{\"n\":2}");
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "drifted", "updated");
        assertThat(changes.get(1).after()).isEqualTo(json("{\"n\":99,\"id\":7}"));
        assertThat(changes.get(2).before()).isEqualTo(changes.get(1).after());
        assertThat(changes.get(1).request()).isNull();
    }

    @Test
    void anItemThatWentBehindTheGatewayStaysRedacted() throws Exception {
        customers("before", "fetch", "redact", "/ssn");
        gateway.call("PUT", "/customers/7", "{\"n\":1,\"ssn\":\"1\"}");
        system.items.remove("/customers/7");
        gateway.call("PUT", "/customers/7", "{\"n\":2}");
        Change drift = gateway.changes().get(1);
        assertThat(drift.action()).isEqualTo("drifted");
        assertThat(drift.reason()).isEqualTo("redacted");
        assertThat(drift.reversible()).isFalse();
    }

    @Test
    void repliesTellThePositionWhenAsked() throws Exception {
        customers("exposePosition", "true");
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":1}").headers().firstValue("Eventful-Position"))
                .contains("1");
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":2}").headers().firstValue("Eventful-Position"))
                .contains("2");
    }

    @Test
    void scopesAreKeptApart() throws Exception {
        customers("scope", "X-Tenant");
        gateway.call("PUT", "/customers/7", "{\"n\":1}", "X-Tenant", "a");
        gateway.call("PUT", "/customers/7", "{\"n\":2}", "X-Tenant", "b");
        assertThat(gateway.changes())
                .extracting(change -> change.item().scope())
                .containsExactly("a", "b");
        assertThat(gateway.changes()).extracting(Change::revision).containsExactly(1L, 1L);
        assertThat(system.asked.stream().filter(one -> one.method().equals("GET")))
                .extracting(one -> one.header("x-tenant"))
                .containsExactly("a", "b");
    }

    @Test
    void theWeakerGuaranteesAreLabelled() throws Exception {
        customers("guarantee", "outcome");
        gateway.route("orders", "/orders/{id}", Map.of("guarantee", "none"));
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        assertThat(gateway.only().guarantee()).isEqualTo(Change.Guarantee.OUTCOME);
        gateway.call("PUT", "/orders/7", "{\"n\":1}");
        org.awaitility.Awaitility.await()
                .untilAsserted(() -> assertThat(gateway.changes())
                        .extracting(Change::guarantee)
                        .containsExactly(Change.Guarantee.OUTCOME, Change.Guarantee.NONE));
    }

    @Test
    void aWriteThatChangesNothingIsNoChange() throws Exception {
        customers();
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        assertThat(gateway.changes()).hasSize(1);
    }

    @Test
    void aClientThatWaitsIsToldToContinueWhenTheIntentIsDurable() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of());
        try (java.net.Socket client = new java.net.Socket("127.0.0.1", gateway.edge.port())) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write(("PUT /customers/7 HTTP/1.1\r\nHost: g\r\nExpect: 100-continue\r\nConnection: close\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n")
                            .getBytes());
            byte[] told = client.getInputStream().readNBytes("HTTP/1.1 100 Continue".length());
            assertThat(new String(told)).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(intents()).isEqualTo(1);
            assertThat(system.writes()).isEmpty();
            client.getOutputStream().write("{\"n\":1}".getBytes());
            assertThat(new String(client.getInputStream().readAllBytes())).contains("HTTP/1.1 201");
        }
        assertThat(gateway.only().request().size()).isEqualTo(7);
        assertThat(gateway.only().request().digest()).startsWith("sha-256:");
        assertThat(intents()).isZero();
    }

    private int intents() throws Exception {
        String file;
        try (java.util.stream.Stream<Path> files = java.nio.file.Files.list(folder)) {
            file = files.map(Path::toString)
                    .filter(name -> name.endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
        }
        try (java.sql.Connection connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file);
                java.sql.ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM intent")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
