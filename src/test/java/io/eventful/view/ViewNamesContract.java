package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.Event;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is read under a name that several items have, on whichever store. */
abstract class ViewNamesContract extends ViewFiltersContract {

    @Test
    void itemsOfSeveralScopesAtOneUrlHaveSeveralTags() {
        for (String scope : new String[] {"", "a", "b"})
            Rig.project(view, Rig.event("state", rig.change("/customers/1", scope, "{\"of\":\"" + scope + "\"}")));
        String ofA = rig.get(ONE, "X-Tenant", "a").field("ETag");
        String ofB = rig.get(ONE, "X-Tenant", "b").field("ETag");

        assertThat(rig.get(ONE).field("ETag")).isEqualTo("\"r1\"");
        assertThat(ofA).matches("\"r1-[0-9a-f]{16}\"").isNotEqualTo(ofB);
        assertThat(rig.get(ONE + "?asOf=1000", "X-Tenant", "a").field("ETag")).isEqualTo(ofA);
        assertThat(rig.get(ONE, "X-Tenant", "a", "If-None-Match", ofA).status()).isEqualTo(304);
        assertThat(rig.get(ONE, "X-Tenant", "b", "If-None-Match", ofA).status()).isEqualTo(200);
        assertThat(rig.get(ONE, "If-None-Match", ofA).body()).isEqualTo("{\"of\":\"\"}");
        assertThat(rig.get(ONE, "X-Tenant", "a", "If-None-Match", "\"r1\"").body())
                .isEqualTo("{\"of\":\"a\"}");
    }

    /** As at the data port's other paths, where a missing escape is added. */
    @Test
    void aNameMayBeWrittenWithoutItsEscapes() {
        project("/customers/%C3%BC3", "{\"id\":\"ü3\"}");
        for (String name : new String[] {"/%C3%BC3", "/ü3", "/customers/ü3", "/customers/%c3%bc3"})
            assertThat(rig.get(LIST + name).body()).as(name).isEqualTo("{\"id\":\"ü3\"}");
    }

    @Test
    void theNextPageOfARawCollectionIsAtItsEscapedPath() {
        for (int i = 0; i < 2; i++) project("/%C3%BC/" + i, "{\"id\":" + i + "}");
        assertThat(rig.capturedList("customers", "default", "/ü?limit=1").field("Link"))
                .startsWith("</%C3%BC?");
        assertThat(rig.get(LIST + "?limit=1&id=ü").fields().first("Link")).isEmpty();
        assertThat(rig.get(LIST + "?limit=1&fields=ü").field("Link"))
                .startsWith("<" + LIST + "?limit=1&fields=%C3%BC&after=");
    }

    @Test
    void whatDependsOnTheHeaderOfTheScopeSaysSo() {
        project("/customers/1", "{\"id\":1}");
        assertThat(rig.get(ONE).field("Vary")).isEqualTo("X-Tenant");
        assertThat(rig.get(ONE, "If-None-Match", "\"r1\"").field("Vary")).isEqualTo("X-Tenant");
        assertThat(rig.get(ONE, "X-Tenant", "a").status()).isEqualTo(404);
        assertThat(rig.get(ONE, "X-Tenant", "a").field("Vary")).isEqualTo("X-Tenant");
        assertThat(rig.get(LIST).field("Vary")).isEqualTo("X-Tenant");
        assertThat(rig.captured("customers", "/customers/1").field("Vary")).isEqualTo("X-Tenant");

        view.close();
        view = rig.views.register(
                "customers",
                ViewOptions.parse(Map.of("access", "open")),
                new TestSources(change -> true, ScopeName.NONE, Sources.Passage.ALL));
        assertThat(rig.get(ONE).status()).isEqualTo(200);
        assertThat(rig.get(ONE).fields().first("Vary")).isEmpty();
        assertThat(rig.get(LIST).fields().first("Vary")).isEmpty();
    }

    @Test
    void anIdIsLookedForWhenAllItsItemsUpToThePositionAreThere() {
        project("/orders/1/lines/10", "{\"order\":1}");
        Change second = rig.change("/orders/21/lines/10", "", "{\"order\":21}");
        Change other = rig.change("/orders/21/lines/11", "", "{\"order\":21}");
        String position = Long.toString(second.position());
        String later = Long.toString(other.position());
        String line = LIST + "/10";
        String whole = LIST + "/orders/21/lines/10";

        assertThat(rig.get(line, "Eventful-Min-Position", position).status()).isEqualTo(504);
        assertThat(rig.get(line, "Eventful-Min-Position", later).status()).isEqualTo(504);
        assertThat(rig.get(whole, "Eventful-Min-Position", position).status()).isEqualTo(504);
        Rig.project(view, Rig.event("state", second));
        assertThat(rig.get(line, "Eventful-Min-Position", later).status()).isEqualTo(409);
        assertThat(rig.get(whole, "Eventful-Min-Position", later).body()).isEqualTo("{\"order\":21}");
    }

    @Test
    void ofItemsOfSeveralSourcesAtOnePathTheCallerChoosesOne() {
        Change own = project("/customers/1", "{\"of\":\"upstream\"}");
        Event event = Rig.event("state", own);
        Rig.project(
                view,
                new Event(
                        "theirs",
                        "/stranger?a=1",
                        event.type(),
                        "/customers/1",
                        event.time(),
                        event.datacontenttype(),
                        null,
                        Map.of("pattern", "state", "revision", "7"),
                        Objects.requireNonNull(event.data())));

        for (String name : new String[] {ONE, LIST + "/customers/1"}) {
            Rig.Got several = rig.get(name);
            assertThat(several.status()).isEqualTo(409);
            assertThat(several.body())
                    .contains("several sources", Rig.SOURCE, "/stranger?a=1", "?source=" + Rig.SOURCE);
            assertThat(rig.get(name + "?source=" + Rig.SOURCE).body()).isEqualTo("{\"of\":\"upstream\"}");
            assertThat(rig.get(name + "?source=/stranger%3Fa%3D1").field("ETag"))
                    .isEqualTo("\"r7\"");
            assertThat(rig.get(name + "?source=/nobody").status()).isEqualTo(404);
        }
    }
}
