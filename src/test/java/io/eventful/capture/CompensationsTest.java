package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.ledger.Compensation.Result;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CompensationsTest extends CompensationFixture {

    @Test
    void anUpdateIsTakenBackByAPut() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        Change change = reversed(reverse(2));
        assertThat(change.revision()).isEqualTo(3);
        assertThat(change.causation()).isEqualTo("2");
        assertThat(change.after()).isEqualTo(new Image.Known(Json.parse("{\"n\":1,\"id\":7}")));
        assertThat(system.items.get("/customers/7")).asString().contains("\"n\":1");
    }

    @Test
    void aCreateIsTakenBackByADelete() throws Exception {
        call("POST", "/customers", "{\"n\":1}");
        Change change = reversed(reverse(1));
        assertThat(change.after()).isEqualTo(new Image.Absent());
        assertThat(system.items).isEmpty();
    }

    @Test
    void aDeleteIsTakenBackTheWayTheItemWasMade() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("DELETE", "/customers/7", "");
        assertThat(reversed(reverse(2)).item().subject()).isEqualTo("/customers/7");
        assertThat(system.items.get("/customers/7")).asString().contains("\"n\":1");

        call("POST", "/customers", "{\"n\":5}");
        List<Change> changes = gateway.changes();
        String subject = changes.getLast().item().subject();
        call("DELETE", subject, "");
        Change again = reversed(reverse(changes.size() + 1L));
        assertThat(again.item().subject()).startsWith("/customers/").isNotEqualTo(subject);
    }

    @Test
    void anItemIsMadeAgainAtAPathWithASlashAtItsEnd() throws Exception {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("POST")) return false;
            assertThat(exchange.getRequestURI().getPath()).isEqualTo("/customers/");
            system.put("/customers/8", "{\"n\":1}");
            exchange.getResponseHeaders().set("Location", "/customers/8");
            RestSystem.reply(exchange, 201, "");
            return true;
        };
        call("POST", "/customers/", "{\"n\":1}");
        call("DELETE", "/customers/8", "");
        assertThat(reversed(reverse(2)).item().subject()).isEqualTo("/customers/8");
    }

    /** As with frameworks that send everybody to the path with the slash. */
    @Test
    void anItemThatIsKnownByASlashAtItsEndIsFoundAndPutBackThere() throws Exception {
        system.script = (exchange, body) -> {
            String path = exchange.getRequestURI().getPath();
            if (path.endsWith("/")) return false;
            exchange.getResponseHeaders().set("Location", path + '/');
            RestSystem.reply(exchange, 301, "");
            return true;
        };
        call("PUT", "/customers/7/", "{\"n\":1}");
        call("PUT", "/customers/7/", "{\"n\":2}");
        reversed(reverse(2));
        assertThat(system.items.get("/customers/7/")).asString().contains("\"n\":1");
        assertThat(system.writes()).containsOnly("PUT /customers/7/").hasSize(3);
        system.put("/customers/7/", "{\"n\":9}");
        assertThat(reverse(3)).isInstanceOf(Result.MovedOn.class);
        assertThat(gateway.changes().getLast().action()).isEqualTo("drifted");
    }

    /** As with systems that know nothing at the path without it. */
    @Test
    void anItemThatIsOnlyThereWithASlashAtItsEndIsLookedAtThere() throws Exception {
        call("PUT", "/customers/7/", "{\"n\":1}");
        call("PUT", "/customers/7/", "{\"n\":2}");
        reversed(reverse(2));
        assertThat(system.items.get("/customers/7/")).asString().contains("\"n\":1");
        assertThat(gateway.changes()).extracting(Change::action).containsExactly("created", "updated", "reversed");
    }

    @Test
    void whatHasMovedOnIsLeftAlone() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        assertThat(reverse(1)).isInstanceOf(Result.MovedOn.class);
        assertThat(system.writes()).hasSize(2);
    }

    @Test
    void whatWasWrittenBehindTheGatewayIsLeftAlone() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        system.put("/customers/7", "{\"n\":9,\"id\":7}");
        assertThat(reverse(2)).isInstanceOf(Result.MovedOn.class);
        assertThat(system.items.get("/customers/7")).asString().contains("\"n\":9");
        Change drift = gateway.changes().getLast();
        assertThat(drift.action()).isEqualTo("drifted");
        assertThat(drift.after()).isEqualTo(new Image.Known(Json.parse("{\"n\":9,\"id\":7}")));
        assertThat(system.writes()).hasSize(2);
    }

    @Test
    void whatWasDeletedOrMadeAnewBehindTheGatewayIsLeftAlone() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        system.items.remove("/customers/7");
        assertThat(reverse(2)).isInstanceOf(Result.MovedOn.class);
        assertThat(system.items).isEmpty();

        call("PUT", "/customers/8", "{\"n\":1}");
        call("DELETE", "/customers/8", "");
        system.put("/customers/8", "{\"n\":5,\"id\":8}");
        assertThat(reverse(gateway.changes().size())).isInstanceOf(Result.MovedOn.class);
        assertThat(system.items.get("/customers/8")).asString().contains("\"n\":5");
    }

    @Test
    void aRefusalIsNoChange() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 409, "");
            return true;
        };
        assertThat(reverse(2)).isEqualTo(new Result.Refused(409));
        assertThat(gateway.changes()).hasSize(2);
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }

    @Test
    void nothingIsSentWhileTheItemIsBeingWritten() throws Exception {
        // Much shorter than the upstream's time-out.
        gateway.route("notes", "/notes/{id}", Map.of("resource", "note", "laneWait", "100ms"));
        call("PUT", "/notes/7", "{\"n\":1}");
        call("PUT", "/notes/7", "{\"n\":2}");
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        system.script = (exchange, body) -> {
            arrived.countDown();
            release.await();
            return false;
        };
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try {
                call("PUT", "/notes/7", "{\"n\":3}");
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
        arrived.await();
        assertThat(reverse(2)).isEqualTo(new Result.NotSent("the item is being written"));
        release.countDown();
        writer.join();
        assertThat(system.writes()).hasSize(3);
    }

    @Test
    void nothingIsSentToAnUpstreamThatCannotBeReached() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        system.close();
        assertThat(reverse(2)).isEqualTo(new Result.NotSent("the upstream could not be reached"));
        assertThat(gateway.ledger().openIntents(0, 10)).isEmpty();
    }

    @Test
    void aCallWithoutAReplyMayHaveBeenExecuted() throws Exception {
        call("PUT", "/customers/7", "{\"n\":1}");
        call("PUT", "/customers/7", "{\"n\":2}");
        system.script = (exchange, body) -> {
            if (exchange.getRequestMethod().equals("GET")) return false;
            system.put("/customers/7", "{\"n\":1,\"id\":7}");
            exchange.close();
            return true;
        };
        assertThat(reverse(2)).isEqualTo(new Result.Unsettled("the upstream did not respond"));
        await().untilAsserted(() -> assertThat(gateway.changes()).hasSize(3));
    }
}
