package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Change;
import io.eventful.event.Event;
import io.eventful.event.RenderContext;
import io.eventful.event.Rendering;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What a view is, on whichever store: how it is filled, and how it is read as {@link ViewReadsContract} says. */
abstract class ViewContract extends ViewReadsContract {

    @Test
    void whatComesLateOrTwiceChangesNothing() {
        Change first = rig.change("/customers/1", "", "{\"id\":1,\"n\":1.10}");
        Change second = rig.change("/customers/1", "", "{\"id\":1,\"n\":2}");
        for (Change change : List.of(second, first, second, first)) Rig.project(view, Rig.event("state", change));

        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"n\":2}");
        assertThat(rig.get(ONE).field("ETag")).isEqualTo("\"r2\"");
        assertThat(rig.get(ONE, "If-None-Match", "W/\"x\", \"r2\"").status()).isEqualTo(304);
        assertThat(rig.get(ONE + "?asOf=" + first.position()).body()).isEqualTo("{\"id\":1,\"n\":1.10}");
        assertThat(rig.get(ONE + "?asOf=2999-01-01T00:00:00+00:00").body()).isEqualTo("{\"id\":1,\"n\":2}");
        assertThat(rig.get(ONE + "?fields=n").body()).isEqualTo("{\"n\":2}");
    }

    @Test
    void aDeleteLeavesATombstone() {
        Change first = project("/customers/1", "{\"id\":1}");
        project("/customers/1", null);
        Rig.project(view, Rig.event("state", first));

        assertThat(rig.get(ONE).status()).isEqualTo(404);
        assertThat(rig.get(LIST).body()).isEqualTo("[]");
        project("/customers/2", "{\"id\":2}");
        for (String query : List.of("?limit=1", "?limit=1&sort=total", "?limit=1&sort=-id"))
            assertThat(rig.get(LIST + query).body())
                    .as("it takes nobody's place in a list")
                    .isEqualTo("[{\"id\":2}]");
    }

    @Test
    void patchesAreAppliedInOrderAndReadAgainWhenOneIsMissing() {
        Change first = rig.change("/customers/1", "", "{\"id\":1,\"a\":1}");
        Change second = rig.change("/customers/1", "", "{\"id\":1,\"a\":1,\"b\":2}");
        Change third = rig.change("/customers/1", "", "{\"id\":1,\"a\":3,\"b\":2}");

        Rig.project(view, Rig.event("change", first));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"a\":1}");
        Rig.project(view, Rig.event("change", third));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"a\":3,\"b\":2}");
        Rig.project(view, Rig.event("change", second));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"a\":3,\"b\":2}");
    }

    /** Another gateway's positions are not this ledger's: what stands there is another item. */
    @Test
    void anEventOfAnotherGatewayIsTakenAsItSays() {
        Event theirs = Rig.event("state", rig.change("/customers/9", "", "{\"id\":9}"));
        rig.change("/customers/8", "", "{\"id\":8}");
        Change here = rig.change("/customers/8", "", null);
        Event moved = new Event(
                "theirs",
                "/upstreams/other",
                theirs.type(),
                "/customers/1",
                theirs.time(),
                theirs.datacontenttype(),
                null,
                Map.of("pattern", "state", "revision", "2", "position", Long.toString(here.position())),
                theirs.data());
        Rig.project(view, moved);
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":9}");
    }

    /** As of a drift, of a reversal or of an action, on a channel whose events this ledger does not have. */
    @Test
    void anEventOfAnItemThatIsGoneIsARemovalWithoutTheLedgerToo() {
        Event theirs = Rig.event("state", rig.change("/customers/9", "", "{\"id\":9}"));
        Rig.project(view, foreign(theirs, "customer.created", "1", theirs.data()));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":9}");
        byte[] unknown = "{\"action\":\"drifted\",\"state\":null,\"complete\":false,\"reason\":\"timeout\"}"
                .getBytes(StandardCharsets.UTF_8);
        Rig.project(view, foreign(theirs, "customer.drifted", "2", unknown));
        assertThat(rig.get(ONE).status()).as("nobody knows").isNotEqualTo(404);
        byte[] gone = "{\"action\":\"reversed\",\"state\":null,\"complete\":true,\"link\":\"http://h/customers/1\"}"
                .getBytes(StandardCharsets.UTF_8);
        Rig.project(view, foreign(theirs, "customer.reversed", "3", gone));
        assertThat(rig.get(ONE).status()).isEqualTo(404);
        assertThat(rig.get(LIST).body()).isEqualTo("[]");
    }

    private static Event foreign(Event like, String type, String revision, byte[] data) {
        return new Event(
                "theirs-" + revision,
                "/upstreams/other",
                type,
                "/customers/1",
                like.time(),
                like.datacontenttype(),
                null,
                Map.of("pattern", "state", "revision", revision, "position", "1000" + revision),
                data);
    }

    @Test
    void theEventsOfASplitChangeLeadToTheWholeItem() {
        Rendering changes = Rendering.named("change").orElseThrow();
        RenderContext split = new RenderContext("http://localhost:8080", Map.of("split", "true"));
        for (String json : List.of("{\"id\":1,\"a\":1}", "{\"id\":1,\"a\":2,\"b\":3,\"c\":4}"))
            for (Event part : changes.renderAll(rig.change("/customers/1", "", json), split)) Rig.project(view, part);
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1,\"a\":2,\"b\":3,\"c\":4}");
    }

    @Test
    void aNotificationIsRefused() {
        Change change = rig.change("/customers/1", "", "{\"id\":1}");
        assertThatThrownBy(() -> Rig.project(view, Rig.event("notification", change)))
                .hasMessageContaining("is a notification, which contains no state")
                .hasMessageContaining("event:state or event:change");
    }

    @Test
    void anEventWhoseDataIsTextIsNotCalledANotification() {
        Event told = Rig.event("state", rig.change("/customers/1", "", "{\"id\":1}"));
        Event text = new Event(
                told.id(),
                "/crm.example",
                told.type(),
                told.subject(),
                told.time(),
                "text/plain",
                null,
                told.extensions(),
                "hello".getBytes(StandardCharsets.UTF_8),
                null);
        assertThatThrownBy(() -> Rig.project(view, text)).hasMessageContaining("has no JSON object in its data; send ");
    }

    @Test
    void aRebuildFillsItAgainFromTheLedger() {
        for (int i = 0; i < 20; i++) rig.change("/customers/" + i, "", "{\"status\":\"open\",\"total\":" + i + "}");
        rig.change("/customers/3", "", null);
        assertThat(rig.get(LIST + "?status=open").body()).isEqualTo("[]");

        assertThat(rig.views.rebuild("customers")).isEqualTo(Views.Rebuilding.STARTED);
        filled();

        assertThat(rig.views.status("customers").orElseThrow().rows()).isEqualTo(19);
        assertThat(rig.get(LIST + "?total=7").body()).isEqualTo("[{\"status\":\"open\",\"total\":7}]");
        assertThat(rig.get("/.eventful/views/customers/3").status()).isEqualTo(404);
        assertThat(rig.views.rebuild("others")).isEqualTo(Views.Rebuilding.NO_VIEW);
    }

    @Test
    void theLiveOneIsReadAndWrittenWhileItIsRebuilt() {
        for (int i = 0; i < 300; i++) project("/customers/" + i, "{\"total\":0}");
        Generation before = rig.views.find("customers").orElseThrow().view().live();
        assertThat(rig.views.rebuild("customers")).isEqualTo(Views.Rebuilding.STARTED);
        int round = 0;
        do {
            round++;
            for (int i = 0; i < 300; i += 50) {
                project("/customers/" + i, "{\"total\":" + round + "}");
                assertThat(rig.get(LIST + '/' + i).body()).isEqualTo("{\"total\":" + round + "}");
                assertThat(rig.get(LIST + '/' + (i + 1)).body()).isEqualTo("{\"total\":0}");
            }
        } while (rig.views.find("customers").orElseThrow().rebuilding().get());
        Generation after = rig.views.find("customers").orElseThrow().view().live();
        assertThat(after.id()).isNotEqualTo(before.id());
        assertThat(rig.get(LIST + "?total=" + round + "&limit=1000").body().split("\\{", -1))
                .hasSize(7);
        assertThat(rig.views.status("customers").orElseThrow().rows()).isEqualTo(300);
    }

    @Test
    void whatACrashLeftOfARebuildIsRemovedAtTheNextStart() throws Exception {
        ViewStore store = rig.views.find("customers").orElseThrow().view().store();
        project("/customers/1", "{\"id\":1}");
        rig.views.statuses();
        store.begin("customers", List.of("status"));
        view.close();
        view = rig.view("customers", Map.of("access", "open", "index", "status,total"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !store.isAny("customers", Generations.BUILDING));
        assertThat(rig.get(ONE).body()).isEqualTo("{\"id\":1}");
    }
}
