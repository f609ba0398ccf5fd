package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Items that went or came back behind the gateway, as a call's success tells: before and after fit together. */
class ReturnedItemsTest extends CaptureFixture {

    private void create(String reply) throws Exception {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            RestSystem.reply(exchange, 201, reply);
            return true;
        };
        gateway.call("POST", "/customers", "{\"n\":1}");
    }

    private void fit(List<Change> changes) {
        for (int i = 1; i < changes.size(); i++)
            assertThat(changes.get(i).before()).isEqualTo(changes.get(i - 1).after());
    }

    @Test
    void anItemThatIsMadeAgainWasGone() throws Exception {
        customers();
        create("{\"id\":7,\"n\":1}");
        create("{\"id\":7,\"n\":1,\"at\":2}");
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "drifted", "created");
        assertThat(changes).extracting(Change::revision).containsExactly(1L, 2L, 3L);
        assertThat(changes.get(1).after()).isEqualTo(new Image.Absent());
        fit(changes);
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }

    @Test
    void anItemThatIsSaidToBeMadeAgainAndIsTheSameWasNot() throws Exception {
        customers();
        create("{\"id\":7,\"n\":1}");
        create("{\"id\":7,\"n\":1}");
        assertThat(gateway.changes()).hasSize(1);
    }

    private void putAgain(String item, String... fields) throws Exception {
        customers();
        put("/customers/7", 1);
        system.items.remove("/customers/7");
        assertThat(gateway.call("PUT", "/customers/7", item, fields).statusCode())
                .isEqualTo(201);
    }

    @Test
    void anItemThatAPutMakesAgainWasGone() throws Exception {
        putAgain("{\"n\":2}");
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "drifted", "created");
        assertThat(changes.get(2).before()).isEqualTo(new Image.Absent());
        fit(changes);
    }

    @Test
    void anItemThatWasToBeMadeOnlyWhereThereIsNoneWasGoneEvenIfItIsTheSame() throws Exception {
        putAgain("{\"n\":1}", "If-None-Match", "*");
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "drifted", "created");
        fit(changes);
    }

    @Test
    void oneThatACallOnSeveralMakesAgainWasGoneToo() throws Exception {
        customers("items", "#");
        create("[{\"id\":7,\"n\":1}]");
        create("[{\"id\":7,\"n\":1,\"at\":2},{\"id\":8,\"n\":1}]");
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "drifted", "created", "created");
        fit(changes.subList(0, 3));
    }

    @Test
    void whatIsPatchedWasThere() throws Exception {
        gateway.route("customers", "/customers/{id}", Map.of("resource", "customer", "actions", "cancel"));
        put("/customers/7", 1);
        assertThat(gateway.call("DELETE", "/customers/7", "").statusCode()).isEqualTo(204);
        system.put("/customers/7", "{\"id\":7,\"n\":2}");
        assertThat(gateway.call("PATCH", "/customers/7", "{\"n\":3}").statusCode())
                .isEqualTo(200);
        List<Change> changes = gateway.changes();
        assertThat(changes).extracting(Change::action).containsExactly("created", "deleted", "drifted", "updated");
        fit(changes);
    }

    @Test
    void whatWasOnlySentAndIsGoneIsADriftToo() throws Exception {
        customers();
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, exchange.getRequestMethod().equals("GET") ? 403 : 204, "");
            return true;
        };
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        system.script = (exchange, body) -> false;
        gateway.call("PUT", "/customers/7", "{\"n\":1}");
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("updated", "drifted", "created");
        fit(gateway.changes());
    }
}
