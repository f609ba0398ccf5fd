package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

    @TempDir
    Path folder;

    RestSystem system;
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    private void customers(String... options) {
        Map<String, String> map = new java.util.HashMap<>(Map.of("resource", "customer"));
        for (int i = 0; i < options.length; i += 2) map.put(options[i], options[i + 1]);
        gateway.route("customers", "/customers/{id}", map);
    }

    private static Image json(String text) {
        return new Image.Known(Json.parse(text));
    }

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
    void theFirstWriteToAnItemLooksAtItBefore() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7,\"name\":\"Old\"}");
        gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}", "Authorization", "Bearer mine", "Cookie", "s=1");
        assertThat(gateway.only().before()).isEqualTo(json("{\"id\":7,\"name\":\"Old\"}"));
        assertThat(gateway.only().action()).isEqualTo("updated");
        RestSystem.Asked get = system.asked.getFirst();
        assertThat(get.method()).isEqualTo("GET");
        assertThat(get.header("authorization")).isEqualTo("Bearer mine");
        assertThat(get.header("cookie")).isEqualTo("s=1");
    }

    @Test
    void aPutThatMakesItsItemIsACreate() throws Exception {
        customers();
        assertThat(gateway.call("PUT", "/customers/9", "{\"name\":\"N\"}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.only().action()).isEqualTo("created");
        assertThat(gateway.only().before()).isEqualTo(new Image.Absent());
    }

    @Test
    void aPutWithoutABodyInTheReplyIsLookedAtAfterwards() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            system.apply("/customers/7", body);
            RestSystem.reply(exchange, 204, "");
            return true;
        };
        gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"name\":\"New\"}"));
        assertThat(system.gets("/customers/7")).isEqualTo(2);
    }

    @Test
    void aReplyThatIsNotTheItemIsNotTakenForIt() throws Exception {
        customers();
        system.put("/customers/7", "{\"id\":7}");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            system.apply("/customers/7", body);
            RestSystem.reply(exchange, 200, "{\"ok\":true}");
            return true;
        };
        assertThat(gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}").body())
                .isEqualTo("{\"ok\":true}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"name\":\"New\"}"));
    }

    @Test
    void whereNoGetIsAllowedThePutsBodyIsTheImageAndSaysSo() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, exchange.getRequestMethod().equals("GET") ? 403 : 204, "");
            return true;
        };
        gateway.call("PUT", "/customers/7", "{\"name\":\"New\"}");
        Change change = gateway.only();
        assertThat(change.before()).isEqualTo(new Image.Unknown("fetch-failed:403"));
        assertThat(change.after()).isEqualTo(json("{\"name\":\"New\"}"));
        assertThat(change.reason()).isEqualTo("request-derived");
        assertThat(change.reversible()).isFalse();
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

    @Test
    void aLargeBodyPassesThroughAndIsDigested() throws Exception {
        customers("bodyLimit", "1KB");
        String large = "{\"text\":\"" + "x".repeat(300_000) + "\"}";
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            RestSystem.reply(exchange, 200, new String(body));
            return true;
        };
        HttpResponse<String> reply = gateway.call("PUT", "/customers/7", large);
        assertThat(reply.statusCode())
                .as(reply.body().substring(0, Math.min(200, reply.body().length())))
                .isEqualTo(200);
        assertThat(reply.body().equals(large)).isTrue();
        RestSystem.Asked put = system.asked.stream()
                .filter(one -> one.method().equals("PUT"))
                .findFirst()
                .orElseThrow();
        assertThat(new String(put.body()).equals(large)).isTrue();
        assertThat(system.gets("/customers/7")).isEqualTo(1);
        Change change = gateway.only();
        assertThat(change.after())
                .isEqualTo(new Image.Digested(
                        large.length(), Json.digest(large.getBytes()), "application/json", "too-large"));
        assertThat(change.request().size()).isEqualTo(large.length());
    }

    @Test
    void whatIsNotJsonIsDigestedToo() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) RestSystem.reply(exchange, 406, "");
            else RestSystem.reply(exchange, 204, "");
            return true;
        };
        gateway.call("PUT", "/customers/7", "<a/>", "Content-Type", "application/xml");
        gateway.call("PUT", "/customers/8", "{\"a\":1,\"a\":2}");
        assertThat(gateway.changes()).allSatisfy(change -> {
            assertThat(change.after())
                    .isInstanceOfSatisfying(
                            Image.Digested.class,
                            image -> assertThat(image.reason()).isEqualTo("not-json"));
        });
    }

    @Test
    void secretsNeverReachTheLedger() throws Exception {
        customers("redact", "/ssn,/card/number");
        String body = "{\"ssn\":\"SECRET-1\",\"card\":{\"number\":\"SECRET-2\",\"kind\":\"v\"},\"n\":1}";
        gateway.call(
                "PUT",
                "/customers/7?access_token=SECRET-3&x=1",
                body,
                "Authorization",
                "Bearer SECRET-4",
                "X-Key",
                "SECRET-5",
                "Cookie",
                "SECRET-6");
        Change change = gateway.only();
        assertThat(change.after()).isEqualTo(json("{\"card\":{\"kind\":\"v\"},\"n\":1,\"id\":7}"));
        assertThat(change.request().target()).isEqualTo("/customers/7?access_token=***&x=1");
        assertThat(change.reason()).isEqualTo("redacted");
        assertThat(change.reversible()).isFalse();
        assertThat(system.items.get("/customers/7")).asString().contains("SECRET-1");
        gateway.ledger().head();
        try (var files = java.nio.file.Files.walk(folder)) {
            for (Path file : files.filter(java.nio.file.Files::isRegularFile).toList())
                assertThat(new String(
                                java.nio.file.Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("SECRET-");
        }
    }

    @Test
    void compressedBodiesAreReadForImagesAndForwardedAsTheyAre() throws Exception {
        customers();
        java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(packed)) {
            out.write("{\"id\":7,\"n\":1.10}".getBytes());
        }
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PATCH")) return false;
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
            return true;
        };
        gateway.call("PATCH", "/customers/7", "{\"n\":1.10}");
        assertThat(gateway.only().after()).isEqualTo(json("{\"id\":7,\"n\":1.10}"));
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
