package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.TestLedgers;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls of which no reply came, in this run and in an earlier one. */
class SettlingTest {

    private static final Map<String, String> CUSTOMER = Map.of("resource", "customer");

    @TempDir
    Path folder;

    RestSystem system;

    @Nullable
    Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
    }

    @AfterEach
    void stop() throws Exception {
        if (gateway != null) gateway.close();
        system.close();
    }

    private Gateway open(@Nullable String bearer) {
        gateway = new Gateway(folder, system, bearer, Gateway.SETTINGS);
        gateway.route("customers", "/customers/{id}", CUSTOMER);
        return gateway;
    }

    /** The system applies the write, and the connection breaks before a reply. */
    private void applyAndBreakOff() {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            String path = exchange.getRequestURI().getPath();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> system.apply(path, body);
                case "DELETE" -> system.items.remove(path);
                default -> system.put(path + "/77", new String(body));
            }
            exchange.close();
            return true;
        };
    }

    private void onlyBreakOff() {
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            exchange.close();
            return true;
        };
    }

    @Test
    void aWriteThatWasAppliedWithoutAReplyIsConfirmed() throws Exception {
        system.token = "mine";
        Gateway open = open("mine");
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        applyAndBreakOff();
        HttpResponse<String> reply = open.call("PUT", "/customers/7", "{\"n\":2}", "Authorization", "Bearer mine");
        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(reply.headers().firstValue("content-type")).contains("application/problem+json");
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        Change change = open.only();
        assertThat(change.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(change.action()).isEqualTo("updated");
        assertThat(change.before()).isEqualTo(new Image.Known(Json.parse("{\"id\":7,\"n\":1}")));
        assertThat(change.after()).isEqualTo(new Image.Known(Json.parse("{\"n\":2,\"id\":7}")));
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void aWriteThatWasNotAppliedIsRefutedAndLetsTheNextOneIn() throws Exception {
        Gateway open = open("mine");
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        onlyBreakOff();
        assertThat(open.call("PUT", "/customers/7", "{\"n\":2}").statusCode()).isEqualTo(502);
        system.script = (exchange, body) -> false;
        assertThat(open.call("PUT", "/customers/7", "{\"n\":3}").statusCode()).isEqualTo(200);
        assertThat(open.only().before()).isEqualTo(new Image.Known(Json.parse("{\"id\":7,\"n\":1}")));
        assertThat(open.only().order()).isEqualTo(Change.Order.LANE);
    }

    @Test
    void aDeleteThatWasAppliedIsConfirmedByItsAbsence() throws Exception {
        Gateway open = open("mine");
        system.put("/customers/7", "{\"id\":7}");
        applyAndBreakOff();
        open.call("DELETE", "/customers/7", "");
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().action()).isEqualTo("deleted");
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.CONFIRMED);
    }

    @Test
    void aCreateWithoutAReplyIsUnknownAndSpeaksOfItsCollection() throws Exception {
        Gateway open = open("mine");
        applyAndBreakOff();
        open.call("POST", "/customers", "{\"n\":1}");
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().item().subject()).isEqualTo("/customers");
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
    }

    @Test
    void withoutACredentialTheCallersIsUsedWhileItWaits() throws Exception {
        Gateway open = open(null);
        system.token = "callers";
        applyAndBreakOff();
        open.call("PUT", "/customers/7", "{\"n\":2}", "Authorization", "Bearer callers");
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(open.only().action()).isEqualTo("created");
    }

    @Test
    void withoutAnyCredentialTheOutcomeIsUnknown() throws Exception {
        Gateway open = open(null);
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) RestSystem.reply(exchange, 401, "{}");
            else exchange.close();
            return true;
        };
        open.call("PUT", "/customers/7", "{\"n\":2}");
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(open.only().reason()).isEqualTo("no-credential");
    }

    @Test
    void aSilentSystemIsATimeoutAndTheLateWriteIsSeen() throws Exception {
        Gateway open = open("mine");
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        CountDownLatch late = new CountDownLatch(1);
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            late.await();
            system.apply("/customers/7", body);
            return true;
        };
        assertThat(open.call("PUT", "/customers/7", "{\"n\":2}").statusCode()).isEqualTo(504);
        late.countDown();
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.CONFIRMED);
    }

    @Test
    void whereNobodyListensNothingWasSentAndNothingIsLeftOpen() throws Exception {
        Gateway open = open("mine");
        system.close();
        HttpResponse<String> reply = open.call("POST", "/customers", "{\"n\":1}");
        assertThat(reply.statusCode()).isEqualTo(502);
        assertThat(open.changes()).isEmpty();
    }

    @Test
    void aClientThatGoesAwayDoesNotTakeTheOutcomeWithIt() throws Exception {
        Gateway open = open(null);
        CountDownLatch gone = new CountDownLatch(1);
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            gone.await();
            return false;
        };
        try (Socket socket = new Socket("127.0.0.1", open.edge.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT /customers/7 HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                            + "Content-Length: 7\r\n\r\n{\"n\":1}")
                    .getBytes());
            out.flush();
            await().until(() -> system.writes().size() == 1);
        }
        gone.countDown();
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.CONFIRMED);
    }

    @Test
    void aLedgerThatTakesNothingRefusesWritesAndOnlyThese() throws Exception {
        Gateway open = open(null);
        system.put("/customers/7", "{\"id\":7}");
        open.ledgers.close();
        HttpResponse<String> reply = open.call("PUT", "/customers/7", "{\"n\":1}");
        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("retry-after")).isPresent();
        assertThat(open.call("GET", "/customers/7", "").statusCode()).isEqualTo(200);
        assertThat(open.call("PUT", "/other/7", "{\"n\":1}").statusCode()).isEqualTo(201);
        assertThat(system.writes()).containsExactly("PUT /other/7");
    }

    private void leaveOpen(
            String method, String target, String subject, String action, Image before, @Nullable Image expected)
            throws Exception {
        try (TestLedgers earlier = TestLedgers.sqlite(folder, Clock.systemUTC())) {
            IntentDraft draft = new IntentDraft(
                    new Item("/upstreams/default", "", subject),
                    "customer",
                    action,
                    Instant.now(),
                    "default",
                    before,
                    expected,
                    new RequestRecord(method, target, Map.of(), 7, "sha-256:00"),
                    Change.Order.LANE,
                    Change.Guarantee.INTENT,
                    null,
                    null);
            earlier.ledger().open(draft).join();
        }
    }

    private static Image json(String text) {
        return new Image.Known(Json.parse(text));
    }

    @Test
    void whatAnEarlierRunLeftOpenIsSettled() throws Exception {
        leaveOpen("PUT", "/customers/1", "/customers/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        leaveOpen("PUT", "/customers/2", "/customers/2", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        leaveOpen("PUT", "/customers/3", "/customers/3", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        leaveOpen("DELETE", "/customers/4", "/customers/4", "deleted", json("{\"n\":1}"), new Image.Absent());
        leaveOpen("PUT", "/customers/5", "/customers/5", "updated", new Image.Absent(), json("{\"n\":2}"));
        leaveOpen("POST", "/customers", "/customers", "created", new Image.Absent(), json("{\"n\":2}"));
        system.put("/customers/1", "{\"n\":2,\"id\":1}");
        system.put("/customers/2", "{\"n\":1}");
        system.put("/customers/3", "{\"n\":3}");
        system.put("/customers/5", "{\"n\":2,\"id\":5}");
        Gateway open = open("mine");
        await().untilAsserted(() -> {
            assertThat(open.ledger().openIntents(0, 10)).isEmpty();
            assertThat(open.changes())
                    .extracting(change -> change.item().subject() + " " + change.action() + " " + change.outcome())
                    .containsExactlyInAnyOrder(
                            "/customers/1 updated CONFIRMED",
                            "/customers/3 updated UNKNOWN",
                            "/customers/4 deleted CONFIRMED",
                            "/customers/5 created CONFIRMED",
                            "/customers created UNKNOWN");
        });
        assertThat(system.writes()).isEmpty();
    }

    @Test
    void withoutACredentialWhatIsLeftOpenIsUnknown() throws Exception {
        leaveOpen("PUT", "/customers/1", "/customers/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        system.put("/customers/1", "{\"n\":2}");
        Gateway open = open(null);
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(system.asked).isEmpty();
    }

    @Test
    void aSystemThatIsAwayIsAskedUntilItIsBackWhileItsItemsLaneIsHeld() throws Exception {
        leaveOpen("PUT", "/customers/1", "/customers/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        system.put("/customers/1", "{\"n\":2}");
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 503, "{}");
            return true;
        };
        Gateway open = open("mine");
        await().until(() -> system.gets("/customers/1") >= 2);
        assertThat(open.changes()).isEmpty();
        assertThat(open.ledger().openIntents(0, 10)).hasSize(1);
        system.script = (exchange, body) -> false;
        assertThat(open.call("PUT", "/customers/1", "{\"n\":3}").statusCode()).isEqualTo(200);
        List<Change> changes = open.changes();
        assertThat(changes).extracting(Change::outcome).containsOnly(Change.Outcome.CONFIRMED);
        assertThat(changes).extracting(Change::order).containsOnly(Change.Order.LANE);
        assertThat(changes.get(1).before()).isEqualTo(changes.get(0).after());
    }

    @Test
    void aWriteBehindAStuckOneWaitsNoLongerThanItsRouteAllows() throws Exception {
        gateway = new Gateway(folder, system, "mine", Gateway.SETTINGS);
        gateway.route("customers", "/customers/{id}", Map.of("laneWait", "100ms"));
        system.put("/customers/7", "{\"id\":7,\"n\":1}");
        CountDownLatch stuck = new CountDownLatch(1);
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET") || !new String(body).contains("stuck")) return false;
            stuck.await();
            return false;
        };
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                gateway.call("PUT", "/customers/7", "{\"n\":\"stuck\"}");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().until(() -> system.writes().size() == 1);
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":3}").statusCode())
                .isEqualTo(200);
        stuck.countDown();
        first.join(Duration.ofSeconds(10));
        assertThat(gateway.changes())
                .extracting(Change::order)
                .containsExactly(Change.Order.OBSERVED, Change.Order.LANE);
    }

    @Test
    void anIntentWhoseRouteIsGoneIsUnknown() throws Exception {
        leaveOpen("PUT", "/orders/1", "/orders/1", "updated", json("{\"n\":1}"), json("{\"n\":2}"));
        Gateway open = open("mine");
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().reason()).isEqualTo("no-route");
    }
}
