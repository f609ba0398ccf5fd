package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.ledger.Compensation.Result;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Deletes are taken back: each once, and as the same item where the system lets it. */
class RecreatedItemsTest extends CompensationFixture {

    private long deleted() throws Exception {
        call("POST", "/customers", "{\"n\":1}");
        call("DELETE", "/customers/42", "");
        return 2;
    }

    @Test
    void aDeleteIsTakenBackOnce() throws Exception {
        long deletion = deleted();
        Change made = reversed(reverse(deletion));
        assertThat(made.subject()).isEqualTo("/customers/43");
        assertThat(reverse(deletion)).isEqualTo(new Result.MovedOn("it was made again at position 3"));
        assertThat(system.items).containsOnlyKeys("/customers/43");
    }

    @Test
    void ofTwoAtATimeOneTakesItBack() throws Exception {
        long deletion = deleted();
        List<CompletableFuture<Result>> both = Stream.of(1, 2)
                .map(n -> CompletableFuture.supplyAsync(() -> reverse(deletion)))
                .toList();
        assertThat(both.stream().map(CompletableFuture::join).filter(Result.Reversed.class::isInstance))
                .hasSize(1);
        assertThat(system.items).hasSize(1);
    }

    @Test
    void itsReversalCanBeTakenBackAndThenItAgain() throws Exception {
        long deletion = deleted();
        Change made = reversed(reverse(deletion));
        assertThat(reversed(reverse(made.position())).after()).isEqualTo(new Image.Absent());
        assertThat(system.items).isEmpty();
        assertThat(reversed(reverse(deletion)).subject()).isEqualTo("/customers/44");
    }

    @Test
    void anItemThatWasFirstSeenByItsDeleteIsPutBack() throws Exception {
        system.put("/customers/7", "{\"n\":1,\"id\":7}");
        call("DELETE", "/customers/7", "");
        assertThat(reversed(reverse(1)).subject()).isEqualTo("/customers/7");
        assertThat(system.writes()).containsExactly("DELETE /customers/7", "PUT /customers/7");
    }

    /** As with systems that give all ids themselves. */
    @Test
    void whereNothingCanBePutItIsPosted() throws Exception {
        system.put("/customers/7", "{\"n\":1,\"id\":7}");
        call("DELETE", "/customers/7", "");
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            RestSystem.reply(exchange, 404, "{}");
            return true;
        };
        Change made = reversed(reverse(1));
        assertThat(made.subject()).isEqualTo("/customers/42");
        assertThat(made.causation()).isEqualTo("1");
        assertThat(system.writes()).containsExactly("DELETE /customers/7", "PUT /customers/7", "POST /customers");
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("deleted", "reversed");
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }

    @Test
    void anotherRefusalStands() throws Exception {
        system.put("/customers/7", "{\"n\":1,\"id\":7}");
        call("DELETE", "/customers/7", "");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            RestSystem.reply(exchange, 403, "{}");
            return true;
        };
        assertThat(reverse(1)).isEqualTo(new Result.Refused(403));
        assertThat(system.writes()).hasSize(2);
    }

    @Test
    void retentionDoesNotLetADeleteBeTakenBackTwice() throws Exception {
        long deletion = deleted();
        reversed(reverse(deletion));
        call("PUT", "/customers/43", "{\"n\":5}");
        gateway.ledgers.trim(4);
        assertThat(reverse(deletion)).isEqualTo(new Result.MovedOn("it was made again at position 3"));
        assertThat(system.items).containsOnlyKeys("/customers/43");
    }

    @Test
    void whatRetentionHasLeftOfAnItemIsEnough() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        call("DELETE", "/customers/7", "");
        gateway.ledgers.trim(2);
        assertThat(reversed(reverse(3)).subject()).isEqualTo("/customers/7");
        assertThat(system.items.get("/customers/7")).asString().contains("\"n\":2");
    }
}
