package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A create of which no item is known is told at its collection, and is no state of what is seen there. */
class UnnamedTest extends CompensationFixture {

    @BeforeEach
    void everything() {
        gateway.route("everything", "/**", Map.of());
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("POST")) exchange.close();
            else RestSystem.reply(exchange, 200, "[{\"id\":1}]");
            return true;
        };
    }

    private int write(String method, String path, String body) throws Exception {
        return gateway.call(method, path, body, "Authorization", "Bearer own").statusCode();
    }

    @Test
    void itIsNotToldAsTheItemOfItsCollection() throws Exception {
        assertThat(write("POST", "/gout", "{\"n\":1}")).isEqualTo(502);
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(1));
        assertThat(gateway.only().outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        write("DELETE", "/gout?old=1", "");
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "deleted");
    }

    @Test
    void norIsItComparedWithWhatIsSeenThere() throws Exception {
        write("POST", "/gout", "{\"n\":1}");
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(1));
        Inspections.Found found = gateway.inspections.inspect(gateway.only().item(), Inspections.Repair.YES);
        assertThat(found.result()).isEqualTo(Inspections.Result.UNKNOWN);
        assertThat(found.reason()).isEqualTo("no-id");
        assertThat(gateway.changes()).hasSize(1);
    }

    @Test
    void whatAnItemWasAskedToDoIsToldOfIt() throws Exception {
        gateway.route("orders", "/orders/{id}", Map.of("actions", "cancel"));
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) RestSystem.reply(exchange, 403, "");
            else exchange.close();
            return true;
        };
        write("POST", "/orders/7/cancel", "{}");
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(1));
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 200, "{\"cancelled\":true}");
            return true;
        };
        write("PUT", "/orders/7", "{\"cancelled\":true}");
        Change told = gateway.changes().get(1);
        assertThat(told.reason()).isEqualTo("resolved:seen");
        assertThat(told.after()).isEqualTo(json("{\"cancelled\":true}"));
    }
}
