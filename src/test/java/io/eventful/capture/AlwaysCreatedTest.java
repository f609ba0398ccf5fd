package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.ledger.Compensation.Result;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes of a system that answers 201 to each PUT are taken back. */
class AlwaysCreatedTest extends CompensationFixture {

    @BeforeEach
    void system() {
        gateway.route("notes", "/notes/{id}", Map.of("resource", "note", "before", "fetch"));
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("PUT")) return false;
            String path = exchange.getRequestURI().getPath();
            system.apply(path, body);
            RestSystem.reply(exchange, 201, new String(system.items.get(path)));
            return true;
        };
    }

    @Test
    void whatIsSeenToBeThereIsNotMadeByItsReversal() throws Exception {
        call("PUT", "/notes/7", "{\"n\":1}");
        call("PUT", "/notes/7", "{\"n\":2}");
        Change first = reversed(reverse(2));
        assertThat(first.before()).isEqualTo(json("{\"n\":2,\"id\":7}"));
        assertThat(first.after()).isEqualTo(json("{\"n\":1,\"id\":7}"));
        Change second = reversed(reverse(first.position()));
        assertThat(second.after()).isEqualTo(json("{\"n\":2,\"id\":7}"));
        assertThat(gateway.changes())
                .extracting(Change::action)
                .containsExactly("created", "updated", "reversed", "reversed");
        assertThat(system.writes()).containsOnly("PUT /notes/7").hasSize(4);
    }

    @Test
    void whatWasDeletedIsMadeByItsReversal() throws Exception {
        call("PUT", "/notes/7", "{\"n\":1}");
        call("DELETE", "/notes/7", "");
        Change made = reversed(reverse(2));
        assertThat(made.before()).isEqualTo(new Image.Absent());
        assertThat(reversed(reverse(made.position())).after()).isEqualTo(new Image.Absent());
    }

    /** Where nobody can see the item, the reply says that it was away. */
    @Test
    void whatNobodySeesWasAwayByTheReply() throws Exception {
        call("PUT", "/notes/7", "{\"n\":1}");
        call("PUT", "/notes/7", "{\"n\":2}");
        RestSystem.Script puts = system.script;
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("GET")) return puts.serve(exchange, body);
            RestSystem.reply(exchange, 403, "{}");
            return true;
        };
        Result result = reverse(2);
        assertThat(reversed(result).causation()).isEqualTo("2");
        assertThat(gateway.changes().subList(2, 4))
                .extracting(Change::action, Change::before, Change::after)
                .containsExactly(
                        tuple("drifted", json("{\"n\":2,\"id\":7}"), new Image.Absent()),
                        tuple("reversed", new Image.Absent(), json("{\"n\":1,\"id\":7}")));
    }
}
