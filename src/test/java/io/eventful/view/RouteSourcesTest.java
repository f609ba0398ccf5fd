package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Item;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** What the routes tell of the items of a view. */
class RouteSourcesTest {

    private static final Item CUSTOMER = new Item("/upstreams/default", "", "/customers/11");
    private static final String BULK =
            route("bulk", "/customers/bulk?items=%23&collection=/customers&scope=X-B", "log:x");

    private static String route(String id, String capture, String to) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: \"capture:" + capture
                + "\"\n      steps:\n        - to: {uri: \"" + to + "\"}\n";
    }

    private static Sources sources(String yaml) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("a.yaml", yaml));
            return RouteSources.of(context, "customers");
        }
    }

    @Test
    void itemsThatCallsElsewhereWriteAreOfTheRouteThatHasThem() throws Exception {
        assertThat(sources(BULK).scopeOf(CUSTOMER)).hasToString("X-B");
        String all = route("all", "/**", "view:customers");
        assertThat(sources(all + BULK).scopeOf(CUSTOMER)).hasToString("X-B");
        String own = route("own", "/customers/{key}?scope=X-A", "view:customers");
        assertThat(sources(BULK + own).scopeOf(CUSTOMER)).hasToString("X-A");
    }

    @Test
    void aRouteThatCannotBeReadHidesNoOther() throws Exception {
        String own = route("own", "/customers/{key}?scope=X-A", "view:customers");
        for (String strange : List.of("capture:/{{not.known}}/{id}", "mock:100%", "mock:a?b=RAW(", "capture:no-path?a"))
            assertThat(sources("- from:\n    uri: \"" + strange + "\"\n    steps:\n      - to: {uri: \"" + strange
                                    + "\"}\n" + own)
                            .scopeOf(CUSTOMER))
                    .as(strange)
                    .hasToString("X-A");
    }
}
