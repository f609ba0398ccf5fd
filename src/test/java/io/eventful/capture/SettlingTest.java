package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Calls of which no reply came. */
class SettlingTest extends SettlingFixture {

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
        assertThat(gateway.changes()).hasSize(2).extracting(Change::order).containsOnly(Change.Order.OBSERVED);
    }
}
