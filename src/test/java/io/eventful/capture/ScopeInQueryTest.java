package io.eventful.capture;

import static io.eventful.capture.CaptureFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.edge.Queries;
import io.eventful.event.Change;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.ledger.Compensation.Result;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.TestLedgers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A scope in a query parameter that is named like a secret: its value is not in the recorded targets of calls, but it is
 * part of the item's identity, and whoever asks for the item later must name it.
 */
class ScopeInQueryTest extends SettlingFixture {

    private static final Item ITEM = new Item("/upstreams/default", "a&b c", "/tickets/1");
    private static final String TARGET = "/tickets/1?code=a%26b%20c";

    /** There is no such item in another scope. */
    @BeforeEach
    void oneScope() {
        system.script = (exchange, body) -> {
            String query = exchange.getRequestURI().getRawQuery();
            boolean mine = query != null
                    && Queries.parameter(query, "code")
                            .filter(text -> Queries.decoded(text).equals("code=a&b c"))
                            .isPresent();
            if (!mine) RestSystem.reply(exchange, 404, "");
            return !mine;
        };
    }

    private Gateway running(String scope) {
        Gateway open = new Gateway(folder, system, "mine", Gateway.SETTINGS);
        gateway = open;
        open.route("tickets", "/tickets/{id}", Map.of("scope", scope));
        return open;
    }

    @Test
    void aCallThatWasLeftOpenIsAskedForInItsScope() throws Exception {
        system.put("/tickets/1", "{\"n\":2}");
        try (TestLedgers earlier = TestLedgers.sqlite(folder, Clock.systemUTC())) {
            earlier.ledger()
                    .open(new IntentDraft(
                            ITEM,
                            "ticket",
                            "updated",
                            Instant.now(),
                            "default",
                            json("{\"n\":1}"),
                            json("{\"n\":2}"),
                            new RequestRecord("PUT", "/tickets/1?x=1&code=***", Map.of(), 7, "sha-256:00"),
                            Change.Order.LANE,
                            Change.Guarantee.INTENT,
                            null,
                            null))
                    .join();
        }
        Gateway open = running("code");
        await().untilAsserted(() -> assertThat(open.changes()).hasSize(1));
        assertThat(open.only().outcome()).isEqualTo(Change.Outcome.CONFIRMED);
        assertThat(open.only().action()).isEqualTo("updated");
        assertThat(system.asked).extracting(RestSystem.Asked::target).containsOnly(TARGET);
    }

    @Test
    void aChangeIsTakenBackInItsScope() throws Exception {
        Gateway open = running("code");
        open.call("PUT", TARGET, "{\"n\":1}");
        open.call("PUT", TARGET, "{\"n\":2}");
        assertThat(open.changes().getLast().request().target()).isEqualTo("/tickets/1?code=***");
        Result result = open.compensation
                .apply(open.changes().getLast())
                .toCompletableFuture()
                .join();
        assertThat(result).isInstanceOf(Result.Reversed.class);
        assertThat(open.changes()).extracting(Change::action).containsExactly("created", "updated", "reversed");
        assertThat(open.changes()).extracting(Change::item).containsOnly(ITEM);
        assertThat(system.asked).extracting(RestSystem.Asked::target).containsOnly(TARGET);
    }

    @Test
    void soIsADriftWhichIsOfNoCall() throws Exception {
        Gateway open = running("code");
        open.call("PUT", TARGET, "{\"n\":1}");
        system.put("/tickets/1", "{\"n\":2}");
        open.inspections.inspect(ITEM, Inspections.Repair.YES);
        Change drift = open.changes().getLast();
        assertThat(drift.action()).isEqualTo("drifted");
        assertThat(drift.after()).isEqualTo(json("{\"n\":2}"));
        assertThat(open.compensation.apply(drift).toCompletableFuture().join()).isInstanceOf(Result.Reversed.class);
        assertThat(open.changes()).hasSize(3);
    }

    @Test
    void anItemIsComparedInItsScope() throws Exception {
        Gateway open = running("code");
        open.call("PUT", TARGET, "{\"n\":1}");
        assertThat(open.inspections.inspect(ITEM, Inspections.Repair.YES).result())
                .isEqualTo(Inspections.Result.SAME);
        assertThat(open.changes()).hasSize(1);
    }

    /** A parameter of that name says something else then. */
    @Test
    void aScopeThatCameInAFieldIsNotLookedForInTheQuery() throws Exception {
        system.script = (exchange, body) -> false;
        Gateway open = running("header:tenant");
        open.call("PUT", "/tickets/1?tenant=other", "{\"n\":1}", "tenant", "a&b c");
        assertThat(open.inspections.inspect(ITEM, Inspections.Repair.NO).result())
                .isEqualTo(Inspections.Result.SAME);
        assertThat(system.asked.getLast().target()).isEqualTo("/tickets/1");
        assertThat(system.asked.getLast().header("tenant")).isEqualTo("a&b c");
    }

    /** Nothing says whether the system looks there or in the header. */
    @Test
    void aScopeThatCameInTheQueryIsInTheHeaderTooUnlessTheRouteSaysWhere() throws Exception {
        Gateway open = running("code");
        open.call("PUT", TARGET, "{\"n\":1}");
        assertThat(open.inspections.inspect(ITEM, Inspections.Repair.NO).result())
                .isEqualTo(Inspections.Result.SAME);
        assertThat(system.asked.getLast().header("code")).isEqualTo("a&b c");
    }

    @Test
    void aRouteThatSaysQueryNeedsNoCallThatShowsIt() throws Exception {
        Gateway open = running("query:code");
        open.call("PUT", TARGET, "{\"n\":1}", "code", "other");
        open.call("PUT", TARGET, "{\"n\":2}");
        assertThat(open.compensation
                        .apply(open.changes().getLast())
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Result.Reversed.class);
        assertThat(open.changes()).extracting(Change::item).containsOnly(ITEM).hasSize(3);
        assertThat(system.asked).extracting(RestSystem.Asked::target).containsOnly(TARGET);
        assertThat(system.asked.getLast().headers()).doesNotContainKey("code");

        CapturePlan plan = open.captures.table().plan(ITEM).orElseThrow();
        assertThat(plan.scopeParameter(ITEM, List.of())).contains("code=a%26b%20c");
        assertThat(plan.target(ITEM, "PUT", "/tickets/1")).isEqualTo(TARGET);
    }
}
