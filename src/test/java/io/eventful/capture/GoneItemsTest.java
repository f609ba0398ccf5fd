package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import org.junit.jupiter.api.Test;

/** Writes of items that the ledger has, and of which the system says that there is no such item. */
class GoneItemsTest extends SettlingFixture {

    @Test
    void anItemThatWasDeletedBehindTheGatewayIsADriftWhenAWriteMissesIt() throws Exception {
        Gateway open = open("mine");
        for (String method : new String[] {"DELETE", "PATCH"}) {
            int before = open.changes().size();
            open.call("PUT", "/customers/7", "{\"n\":1}");
            system.items.remove("/customers/7");
            String body = method.equals("PATCH") ? "{\"n\":2}" : "";
            assertThat(open.call(method, "/customers/7", body).statusCode()).isEqualTo(404);
            await().untilAsserted(() -> assertThat(open.changes()).hasSize(before + 2));
            Change drift = open.changes().getLast();
            assertThat(drift.action()).isEqualTo("drifted");
            assertThat(drift.after()).isEqualTo(new Image.Absent());
        }
        assertThat(open.changes())
                .extracting(Change::action)
                .containsExactly("created", "drifted", "created", "drifted");
    }

    @Test
    void aWriteThatIsNotFoundThoughItsItemIsThereIsNoDrift() throws Exception {
        Gateway open = open("mine");
        open.call("PUT", "/customers/7", "{\"n\":1}");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            RestSystem.reply(exchange, 404, "{}");
            return true;
        };
        long before = system.gets("/customers/7");
        assertThat(open.call("PUT", "/customers/7", "{\"n\":2}").statusCode()).isEqualTo(404);
        await().until(() -> system.gets("/customers/7") > before);
        await().until(() -> open.held().getFirst() == 0);
        assertThat(open.changes()).hasSize(1);
    }

    @Test
    void whatTheLedgerDoesNotHaveIsNotLookedFor() throws Exception {
        Gateway open = open("mine");
        assertThat(open.call("DELETE", "/customers/7", "").statusCode()).isEqualTo(404);
        await().until(() -> open.held().getFirst() == 0);
        // The item before the call.
        assertThat(system.gets("/customers/7")).isEqualTo(1);
        assertThat(open.changes()).isEmpty();
    }
}
