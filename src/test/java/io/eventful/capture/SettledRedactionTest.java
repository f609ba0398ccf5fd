package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls without a reply on items of which parts are never kept: what is found of them is no whole item either. */
class SettledRedactionTest extends SettlingFixture {

    private Gateway open;

    @BeforeEach
    void open() {
        open = new Gateway(folder, system, "mine", Gateway.SETTINGS);
        gateway = open;
        open.route("customers", "/customers/{id}", Map.of("resource", "customer", "redact", "/ssn"));
        system.put("/customers/7", "{\"id\":7,\"n\":1,\"ssn\":\"078-05-1120\"}");
    }

    private Change settled(String method, String body) throws Exception {
        int before = open.changes().size();
        system.script = (exchange, bytes) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            if (method.equals("DELETE")) system.items.remove("/customers/7");
            else system.apply("/customers/7", bytes);
            exchange.close();
            return true;
        };
        assertThat(open.call(method, "/customers/7", body).statusCode()).isEqualTo(502);
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(before + 1));
        system.script = (exchange, bytes) -> false;
        return open.changes().getLast();
    }

    @Test
    void aChangeThatIsFoundOutSaysThatPartsAreMissing() throws Exception {
        Change change = settled("PUT", "{\"n\":2,\"ssn\":\"078-05-1120\"}");
        assertThat(change.after()).isEqualTo(new Image.Known(Json.parse("{\"n\":2,\"id\":7}"), Image.Extent.REDACTED));
        assertThat(change.reason()).isEqualTo("redacted");
        assertThat(change.reversible()).isFalse();
    }

    @Test
    void whatIsGoneCannotBeMadeAgainWithoutItsRedactedParts() throws Exception {
        open.call("PUT", "/customers/7", "{\"n\":2,\"ssn\":\"078-05-1120\"}");
        Change change = settled("DELETE", "");
        assertThat(change.action()).isEqualTo("deleted");
        assertThat(change.reason()).isEqualTo("redacted");
        assertThat(change.reversible()).isFalse();
    }

    @Test
    void ofAnItemThatTheLedgerDoesNotHaveNobodyKnowsWhatWasRedacted() throws Exception {
        assertThat(settled("DELETE", "").reversible()).isFalse();
    }

    @Test
    void aNewItemWithoutSuchPartsIsWhole() throws Exception {
        system.items.remove("/customers/7");
        Change change = settled("PUT", "{\"n\":2}");
        assertThat(change.action()).isEqualTo("created");
        assertThat(change.reason()).isNull();
        assertThat(change.reversible()).isTrue();
    }
}
