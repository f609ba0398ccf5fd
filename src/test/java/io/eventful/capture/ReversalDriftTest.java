package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.ledger.Compensation.Result;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was written behind the gateway is seen also where it is no document that the ledger could have. */
class ReversalDriftTest extends CompensationFixture {

    private static final String LARGE = "{\"v\":3,\"text\":\"" + "x".repeat(2000) + "\"}";

    private static Result movedOn() {
        return new Result.MovedOn("the upstream has a different state, which was written without the gateway");
    }

    private void docs(Map<String, String> options) throws Exception {
        gateway.route("docs", "/docs/{id}", options);
        call("PUT", "/docs/7", "{\"v\":1}");
        call("PUT", "/docs/7", "{\"v\":2}");
    }

    @Test
    void aDocumentThatIsTooLargeIsAnotherOne() throws Exception {
        docs(Map.of("bodyLimit", "1KB"));
        system.put("/docs/7", LARGE);
        assertThat(reverse(2)).isEqualTo(movedOn());
        assertThat(system.items.get("/docs/7")).asString().contains("\"v\":3");
        Change drift = gateway.changes().getLast();
        assertThat(drift.action()).isEqualTo("drifted");
        assertThat(drift.after()).isEqualTo(new Image.Unknown("too-large"));
        assertThat(reverse(2)).as("it is not seen as new each time").isInstanceOf(Result.MovedOn.class);
        assertThat(gateway.changes()).hasSize(3);
    }

    @Test
    void soIsOneOfWhichNoDigestMayBeKept() throws Exception {
        docs(Map.of("bodyLimit", "1KB", "redact", "/secret"));
        system.put("/docs/7", LARGE);
        assertThat(reverse(2)).isEqualTo(movedOn());
        assertThat(system.items.get("/docs/7")).asString().contains("\"v\":3");
        assertThat(gateway.changes().getLast().action()).isEqualTo("drifted");
    }

    @Test
    void soIsWhatIsNoJson() throws Exception {
        docs(Map.of());
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("GET")) return false;
            exchange.getResponseHeaders().set("Content-Type", "text/plain");
            RestSystem.reply(exchange, 200, "three");
            return true;
        };
        assertThat(reverse(2)).isEqualTo(movedOn());
        assertThat(gateway.changes().getLast().action()).isEqualTo("drifted");
        assertThat(gateway.changes().getLast().after()).isInstanceOf(Image.Digested.class);
    }

    @Test
    void aWriteThatLooksFirstTellsItToo() throws Exception {
        docs(Map.of("bodyLimit", "1KB", "before", "fetch"));
        system.put("/docs/7", LARGE);
        call("PUT", "/docs/7", "{\"v\":4}");
        assertThat(gateway.changes())
                .extracting(Change::action)
                .containsExactly("created", "updated", "drifted", "updated");
        assertThat(gateway.changes().get(3).before()).isEqualTo(new Image.Unknown("too-large"));
        call("PUT", "/docs/7", "{\"v\":5}");
        assertThat(gateway.changes()).hasSize(5);
    }
}
