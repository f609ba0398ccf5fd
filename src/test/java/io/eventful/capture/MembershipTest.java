package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MembershipTest extends CaptureFixture {

    private Change unknown(String collection) throws Exception {
        system.script = (exchange, body) -> {
            RestSystem.reply(exchange, 201, "");
            return true;
        };
        gateway.call("POST", collection, "{\"n\":1}");
        Change change = gateway.changes().getLast();
        assertThat(change.outcome()).isEqualTo(Change.Outcome.UNKNOWN);
        assertThat(change.subject()).isEqualTo(collection);
        return change;
    }

    private boolean mayHaveMade(Change create, String subject) {
        return gateway.captures.table().mayHaveMade(create, subject);
    }

    @Test
    void aCreateMadeAnItemOfItsRoute() throws Exception {
        customers();
        gateway.route("lines", "/orders/{order}/lines/{line}", Map.of());
        gateway.route("everything", "/**", Map.of("before", "none"));
        Change create = unknown("/customers");
        assertThat(mayHaveMade(create, "/customers/7")).isTrue();
        assertThat(mayHaveMade(create, "/customers/7/notes/1")).isFalse();
        assertThat(mayHaveMade(create, "/customers")).isFalse();
        Change line = unknown("/orders/7/lines");
        assertThat(mayHaveMade(line, "/orders/7/lines/1")).isTrue();
        assertThat(mayHaveMade(line, "/orders/7/lines/1/2")).isFalse();
    }

    @Test
    void nobodyKnowsBetterWhereNoRouteHasTheCollection() throws Exception {
        CaptureRoute route =
                gateway.start("customers", "/customers/{id}", Map.of(), (change, done) -> done.accept(null));
        Change create = unknown("/customers");
        gateway.captures.unregister(route);
        assertThat(mayHaveMade(create, "/customers/7/notes/1")).isTrue();
    }
}
