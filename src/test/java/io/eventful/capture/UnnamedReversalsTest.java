package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.Compensation.Result;
import io.eventful.ledger.RecordedCall;
import io.eventful.ledger.ReversalPlan;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a create is told of whose item nobody has named is never taken back: its path is that of all items. */
class UnnamedReversalsTest extends CompensationFixture {

    private static final Result NAMELESS = new Result.Impossible("nobody has named the item that was made");

    @BeforeEach
    void everything() {
        gateway.route("everything", "/**", Map.of("bodyLimit", "1KB"));
    }

    /** As an operator may have resolved it: with a state, and without the item's path. */
    private Change resolved(String collection) {
        return RecordedCall.of(
                        new Item("/upstreams/default", "", collection),
                        "created",
                        new Image.Absent(),
                        json("{\"n\":1,\"id\":3}"))
                .call("POST", collection + "/?x=y", 201)
                .in(gateway.ledgers);
    }

    @Test
    void aCollectionThatNobodyMayReadIsNotDeleted() {
        system.script = (exchange, body) -> {
            if (!exchange.getRequestMethod().equals("GET")) return false;
            RestSystem.reply(exchange, 405, "");
            return true;
        };
        refused(resolved("/things"));
    }

    @Test
    void norOneThatIsTooLargeToBeRead() {
        system.put("/things", "[\"" + "x".repeat(2000) + "\"]");
        refused(resolved("/things"));
    }

    @Test
    void norIsItsListToldAsADrift() {
        system.put("/things", "[{\"id\":1}]");
        refused(resolved("/things"));
    }

    @Test
    void aRouteOfTheItemsSaysTheSame() {
        Change change = resolved("/customers");
        assertThat(reverse(change.position())).isInstanceOf(Result.Impossible.class);
        assertThat(gateway.ledgers.reversals().plan(change)).isInstanceOf(ReversalPlan.Impossible.class);
    }

    private void refused(Change change) {
        assertThat(reverse(change.position())).isEqualTo(NAMELESS);
        assertThat(system.writes()).isEmpty();
        assertThat(gateway.changes()).hasSize(1);
        assertThat(gateway.ledgers.reversals().plan(change)).isInstanceOf(ReversalPlan.Impossible.class);
        assertThat(change.reversible()).isFalse();
    }
}
