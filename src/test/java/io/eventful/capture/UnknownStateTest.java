package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call of unknown outcome was told without a state; the next writer sees the state, and then everybody hears of it. */
class UnknownStateTest {

    @TempDir
    Path folder;

    private RestSystem system;
    private Gateway gateway;

    @BeforeEach
    void start() throws Exception {
        system = new RestSystem();
        gateway = new Gateway(folder, system, null, Gateway.SETTINGS);
        gateway.route("customers", "/customers/{id}", Map.of("resource", "customer"));
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        system.close();
    }

    /** A write that nobody may look at afterwards, and whose reply is lost. */
    private void unknown(String method, String body, Runnable applied) throws Exception {
        int before = gateway.changes().size();
        system.script = (exchange, bytes) -> {
            if (exchange.getRequestMethod().equals("GET")) RestSystem.reply(exchange, 401, "{}");
            else {
                applied.run();
                exchange.close();
            }
            return true;
        };
        gateway.call(method, "/customers/7", body);
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(before + 1));
        assertThat(gateway.changes().getLast().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(gateway.changes().getLast().after()).isInstanceOf(Image.Unknown.class);
        system.script = (exchange, bytes) -> false;
    }

    private static Image json(String text) {
        return new Image.Known(Json.parse(text));
    }

    @Test
    void anEqualRepeatTellsTheState() throws Exception {
        unknown("PUT", "{\"n\":2}", () -> system.apply("/customers/7", "{\"n\":2}".getBytes()));
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":2}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.changes()).hasSize(2);
        Change told = gateway.changes().getLast();
        assertThat(told.outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(told.action()).isEqualTo("updated");
        assertThat(told.after()).isEqualTo(json("{\"n\":2,\"id\":7}"));
        assertThat(told.reason()).isEqualTo("resolved:seen");
        assertThat(told.causation())
                .isEqualTo(Long.toString(gateway.changes().getFirst().position()));
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":2}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.changes()).hasSize(2);
    }

    @Test
    void anotherWriteTellsTheStateBeforeItsOwn() throws Exception {
        unknown("PUT", "{\"n\":2}", () -> system.apply("/customers/7", "{\"n\":2}".getBytes()));
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":3}").statusCode())
                .isEqualTo(200);
        assertThat(gateway.changes()).hasSize(3);
        assertThat(gateway.changes().get(1).after()).isEqualTo(json("{\"n\":2,\"id\":7}"));
        assertThat(gateway.changes().getLast().before())
                .isEqualTo(gateway.changes().get(1).after());
        assertThat(gateway.changes()).extracting(Change::revision).containsExactly(1L, 2L, 3L);
    }

    @Test
    void anItemThatIsGoneIsToldAsDeleted() throws Exception {
        system.put("/customers/7", "{\"n\":1}");
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":2}").statusCode())
                .isEqualTo(200);
        unknown("DELETE", "", () -> system.items.remove("/customers/7"));
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":3}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.changes())
                .extracting(Change::action)
                .containsExactly("updated", "deleted", "deleted", "created");
        assertThat(gateway.changes().get(2).before()).isEqualTo(json("{\"n\":2,\"id\":7}"));
        assertThat(gateway.changes().get(2).after()).isInstanceOf(Image.Absent.class);
    }

    @Test
    void whatIsAsItWasBeforeIsNotToldAgain() throws Exception {
        system.put("/customers/7", "{\"n\":1}");
        gateway.call("DELETE", "/customers/7", "");
        unknown("PUT", "{\"n\":2}", () -> {});
        assertThat(gateway.call("PUT", "/customers/7", "{\"n\":3}").statusCode())
                .isEqualTo(201);
        assertThat(gateway.changes()).extracting(Change::action).last().isEqualTo("created");
        assertThat(gateway.changes()).hasSize(3);
    }
}
