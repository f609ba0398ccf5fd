package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.ScopeName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of a view whose routes have different scopes, or none, on whichever store. */
abstract class ViewScopesContract extends ViewNamesContract {

    private static final String THINGS = "/.eventful/views/things";

    private static final String ROUTES = """
        - route: {from: {uri: "capture:/things/{id}", steps: [{to: {uri: "view:things"}}]}}
        - route:
            from:
              uri: capture:/tenants/{t}/things/{id}
              parameters: {scope: X-Tenant}
              steps: [{to: {uri: "view:things"}}]
        - route:
            from:
              uri: capture:/regions/{r}/things/{id}
              parameters: {scope: region}
              steps: [{to: {uri: "view:things"}}]
        - route: {from: {uri: "capture:/else/{id}?scope=v", steps: [{to: {uri: "log:else"}}]}}
        """;

    private Views.Registration things;

    @BeforeEach
    void things() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("a.yaml", ROUTES));
            things = rig.views.register(
                    "things",
                    ViewOptions.parse(Map.of("access", "open", "index", "v,n")),
                    RouteSources.of(context, "things"));
        }
        filled();
    }

    private void thing(String subject, String scope, String state) {
        Rig.project(things, Rig.event("state", rig.change(subject, scope, state)));
    }

    @Test
    void aListHasTheItemsOfEachScopeThatItsCallerMaySee() {
        thing("/things/1", "", "{\"v\":1}");
        thing("/tenants/a/things/1", "T1", "{\"v\":2}");
        thing("/tenants/a/things/1", "T2", "{\"v\":3}");
        thing("/regions/a/things/1", "north", "{\"v\":4}");
        // Of no route any more: its scope is none, as for a read of the item.
        thing("/former/1", "", "{\"v\":5}");

        assertThat(rig.get(THINGS).body()).isEqualTo("[{\"v\":1},{\"v\":5}]");
        assertThat(rig.get(THINGS, "X-Tenant", "T2").body()).isEqualTo("[{\"v\":1},{\"v\":3},{\"v\":5}]");
        assertThat(rig.get(THINGS + "?v=3", "X-Tenant", "T2").body()).isEqualTo("[{\"v\":3}]");
        assertThat(rig.get(THINGS + "?v=3", "X-Tenant", "T1").body()).isEqualTo("[]");
        assertThat(rig.get(THINGS + "?sort=-v&region=north", "X-Tenant", "T1").body())
                .isEqualTo("[{\"v\":5},{\"v\":4},{\"v\":2},{\"v\":1}]");
        assertThat(rig.get(THINGS + "?region=T2").body())
                .as("another header's value")
                .isEqualTo("[{\"v\":1},{\"v\":5}]");
        for (String query : List.of("", "?v=3", "?v=99"))
            assertThat(rig.get(THINGS + query).field("Vary")).contains("X-Tenant", "region");
    }

    @Test
    void anItemThatWasWrittenWithoutItsScopeIsNobodysWhoNamesOne() {
        for (int i = 0; i < 10; i++) thing("/tenants/a/things/" + i, "", "{\"v\":" + i + "}");
        thing("/things/1", "", "{\"v\":10}");
        thing("/tenants/a/things/1", "T1", "{\"v\":11}");

        for (String query : List.of("?limit=1", "?limit=1&sort=v", "?limit=1&name=null", "?limit=1&sort=name"))
            assertThat(pages(THINGS + query, "X-Tenant", "T1"))
                    .as(query)
                    .containsExactly("[{\"v\":10}]", "[{\"v\":11}]");
        assertThat(pages(THINGS + "?limit=4")).hasSize(3);
    }

    @Test
    void whatIsPassedOverIsLimitedAsAnyScanIs() {
        for (int i = 0; i <= Rig.SCAN; i++) thing("/tenants/a/things/" + i, "", "{\"v\":" + i + "}");
        Rig.Got got = rig.get(THINGS, "X-Tenant", "T1");
        assertThat(got.status()).isEqualTo(400);
        assertThat(got.body())
                .contains("more than " + Rig.SCAN + " items", "scope")
                .doesNotContain("index=");
    }

    @Test
    void pagesOfSeveralScopesLeaveNothingOut() {
        Set<String> all = new LinkedHashSet<>();
        for (int i = 0; i < 30; i++) {
            String state = "{\"v\":" + i + ",\"n\":" + i * 7 % 5 + "}";
            thing((i % 3 == 0 ? "/things/" : "/tenants/a/things/") + i, i % 3 == 0 ? "" : "T" + i % 3, state);
            if (i % 3 != 2) all.add("[" + state + "]");
        }
        for (String query : List.of("", "&sort=n", "&sort=-n", "&sort=m", "&m=null&sort=-v"))
            assertThat(pages(THINGS + "?limit=1" + query, "X-Tenant", "T1"))
                    .as(query)
                    .containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aScopeInTheHeaderLeavesAParameterOfItsNameAFilter() {
        view.close();
        view = rig.views.register(
                "customers",
                ViewOptions.parse(Map.of("access", "open", "index", "of")),
                new TestSources(change -> true, ScopeName.parse("header:of"), Sources.Passage.ALL));
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "a", "{\"of\":\"x\"}")));
        Rig.project(view, Rig.event("state", rig.change("/customers/2", "a", "{\"of\":\"y\"}")));

        assertThat(rig.get(LIST + "?of=x", "of", "a").body()).isEqualTo("[{\"of\":\"x\"}]");
        assertThat(rig.get(LIST + "?of=a").body()).isEqualTo("[]");
    }

    /** The scope of a route that has nothing to do with the view is a member of its items like any other. */
    @Test
    void theNameOfAScopeElsewhereIsAFilter() {
        for (int i = 1; i < 3; i++) thing("/things/" + i, "", "{\"v\":" + i + "}");
        assertThat(rig.get(THINGS + "?v=2").body()).isEqualTo("[{\"v\":2}]");
    }

    @Test
    void scopesAreKeptApart() {
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "a", "{\"of\":\"a\"}")));
        Rig.project(view, Rig.event("state", rig.change("/customers/1", "b", "{\"of\":\"b\"}")));

        assertThat(rig.get(ONE, "X-Tenant", "a").body()).isEqualTo("{\"of\":\"a\"}");
        assertThat(rig.get(ONE + "?X-Tenant=b").body()).isEqualTo("{\"of\":\"b\"}");
        assertThat(rig.get(ONE).status()).isEqualTo(404);
        assertThat(rig.get(LIST, "X-Tenant", "b").body()).isEqualTo("[{\"of\":\"b\"}]");
        assertThat(rig.get(LIST).body()).isEqualTo("[]");
    }

    @Test
    void anItemIsFoundByItsIdHoweverManyScopesHaveOneOfThatId() {
        for (int i = 0; i <= 120; i++)
            Rig.project(view, Rig.event("state", rig.change("/customers/1", "tenant-" + i, "{\"of\":" + i + "}")));
        assertThat(rig.get(ONE, "X-Tenant", "tenant-120").body()).isEqualTo("{\"of\":120}");
    }
}
