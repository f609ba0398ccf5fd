package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.ledger.Ledger;
import io.eventful.store.StoreUnavailableException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger cannot be read for a while: from the reply of the REST system on, or from the beginning. */
class UnreadableLedgerTest {

    private static final String[] ADA = {"Authorization", "Bearer ada"};

    @TempDir
    Path folder;

    private final AtomicBoolean unreadable = new AtomicBoolean();
    private final AtomicInteger tried = new AtomicInteger();
    private RestSystem system;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system.port(), null, Gateway.SETTINGS, Duration.ofSeconds(5), this::unreadable);
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    /** The ledger cannot be read from when the system has a write until it was tried twice. */
    private void fromTheReplyOn(RestSystem.Script script) {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("GET")) unreadable.set(true);
            return script.serve(exchange, body);
        };
    }

    private void readableAgain(int changes) {
        await().until(() -> tried.get() > 1);
        assertThat(gateway.changes()).isEmpty();
        unreadable.set(false);
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(changes));
        await().untilAsserted(() -> assertThat(gateway.held()).containsExactly(0L, 0L));
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
        assertThat(gateway.changes()).extracting(Change::outcome).containsOnly(Change.Outcome.CONFIRMED);
    }

    @Test
    void whatWasCreatedIsTold() throws Exception {
        List<Change> received = gateway.route("customers", "/customers/{id}", Map.of());
        fromTheReplyOn((exchange, body) -> false);
        HttpResponse<String> reply = gateway.call("POST", "/customers", "{\"n\":1}", "Idempotency-Key", "k");
        assertThat(reply.statusCode()).isEqualTo(201);
        readableAgain(1);
        Change change = gateway.only();
        assertThat(change.action()).isEqualTo("created");
        assertThat(change.subject()).isEqualTo("/customers/42");
        assertThat(change.before()).isEqualTo(new Image.Absent());
        assertThat(change.after()).isEqualTo(new Image.Known(Json.parse("{\"n\":1,\"id\":42}")));
        await().untilAsserted(() -> assertThat(received).containsExactly(change));
        HttpResponse<String> repeat = gateway.call("POST", "/customers", "{\"n\":1}", "Idempotency-Key", "k");
        assertThat(repeat.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(system.writes()).hasSize(1);
    }

    @Test
    void soAreTheItemsOfACallThatWroteSeveral() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("items", "/results", "itemStatus", "/status"));
        fromTheReplyOn((exchange, body) -> {
            RestSystem.reply(exchange, 207, "{\"results\":[{\"id\":1,\"status\":201},{\"id\":2,\"status\":201}]}");
            return true;
        });
        gateway.call("POST", "/customers", "[{\"n\":1},{\"n\":2}]");
        readableAgain(2);
        assertThat(gateway.changes()).extracting(Change::subject).containsExactly("/customers/1", "/customers/2");
    }

    @Test
    void soIsAWriteThatHeldNoLane() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("order", "observed"));
        fromTheReplyOn((exchange, body) -> false);
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":1}").statusCode())
                .isEqualTo(201);
        readableAgain(1);
        assertThat(gateway.only().after()).isEqualTo(new Image.Known(Json.parse("{\"n\":1,\"id\":7}")));
    }

    /** The gateway has no credential of its own: who is not asked in time is not asked at all. */
    @Test
    void theCallersCredentialsAreNotUsedAfterTheReply() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of());
        fromTheReplyOn((exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            system.put("/customers/42", "{\"n\":1,\"id\":42}");
            exchange.getResponseHeaders().set("Location", "/customers/42");
            RestSystem.reply(exchange, 201, "{\"ok\":true}");
            return true;
        });
        gateway.call("POST", "/customers", "{\"n\":1}", ADA);
        assertThat(system.gets("/customers/42")).isEqualTo(1);
        readableAgain(1);
        assertThat(system.gets("/customers/42")).isEqualTo(1);
        assertThat(gateway.only().subject()).isEqualTo("/customers/42");
    }

    /** Without guarantee no write waits for those before it. */
    @Test
    void whatIsWrittenOnAnItemFollowsItsCreation() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("before", "none", "guarantee", "none"));
        fromTheReplyOn((exchange, body) -> false);
        assertThat(gateway.call("POST", "/customers", "{\"n\":1}").statusCode()).isEqualTo(201);
        assertThat(gateway.call("PUT", "/customers/42", "{\"n\":2}").statusCode())
                .isEqualTo(200);
        readableAgain(2);
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "updated");
    }

    @Test
    void aConditionThatCannotBeJudgedIsAnsweredLikeAnyWriteThatCannotBeCaptured() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("before", "none"));
        unreadable.set(true);
        HttpResponse<String> refused = gateway.call("PUT", "/customers/7", "{\"n\":1}", "If-Match", "\"x\"");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(system.writes()).isEmpty();
    }

    private Ledger unreadable(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                UnreadableLedgerTest.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("latest") && unreadable.get()) {
                        tried.incrementAndGet();
                        throw new StoreUnavailableException("no reader was free in time");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
