package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteFlows.Use;
import io.eventful.routes.RoutesState.RouteState;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Component;
import org.apache.camel.component.stub.StubComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes that are made from templates. */
class RouteTemplatesTest {

    private static final String TEMPLATE = """
        - routeTemplate:
            id: publish
            parameters:
              - {name: res}
              - {name: pattern, defaultValue: state}
            from:
              uri: "capture:/{{res}}/{id}"
              parameters: {resource: "{{res}}", before: "{{images:none}}"}
              steps:
                - transformDataType: {toType: "event:{{pattern}}"}
                - to: {uri: "channel:{{res}}"}
                - wireTap: {uri: "seda:{{res}}"}
        - templatedRoute:
            routeTemplateRef: publish
            parameters: [{name: res, value: cats}]
        - templatedRoute:
            routeTemplateRef: publish
            parameters: [{name: res, value: dogs}, {name: pattern, value: change}, {name: images, value: fetch}]
        """;

    private static final String PLAIN = "- from:\n    uri: direct:plain\n    steps:\n      - log: {message: x}\n";

    @TempDir
    Path folder;

    private Bench bench(String name, String yaml) {
        Bench bench = new Bench(
                folder,
                application -> List.of("capture", "channel")
                        .forEach(scheme ->
                                application.registerBean(scheme + "-component", Component.class, StubComponent::new)),
                Bench.UNGUARDED);
        bench.write(name, yaml).sets.start();
        return bench;
    }

    @Test
    void theirAddressesAreToldWithTheirParameters() {
        try (Bench bench = bench("zoo.yaml", TEMPLATE)) {
            assertThat(bench.sets.state().routes())
                    .extracting(RouteState::from)
                    .containsExactly(
                            "capture:/cats/{id}?resource=cats&before={{images:none}}",
                            "capture:/dogs/{id}?resource=dogs&before=fetch");
            assertThat(bench.sets.flows().flows())
                    .filteredOn(flow -> flow.use() == Use.WRITES)
                    .extracting(RouteFlows.Flow::channel, RouteFlows.Flow::events)
                    .containsExactlyInAnyOrder(
                            tuple("cats", kinds("cats", "state")), tuple("dogs", kinds("dogs", "change")));
        }
    }

    private static Set<EventKind> kinds(String resource, String rendering) {
        return Stream.of("created", "updated", "deleted", "drifted", "reversed")
                .map(action -> new EventKind(resource + "." + action, rendering))
                .collect(Collectors.toSet());
    }

    @Test
    void withoutAnIdTheyGetTheSameOneFromTheirFileAtEveryLoad() {
        try (Bench bench = bench("zoo.yaml", TEMPLATE + PLAIN)) {
            List<String> ids = bench.sets.state().routes().stream()
                    .map(RouteState::id)
                    .sorted()
                    .toList();
            assertThat(ids).containsExactly("zoo", "zoo-2", "zoo-3");
            assertThat(bench.camel().getRoute("zoo").getEndpoint().getEndpointUri())
                    .contains("plain");
            bench.write("zoo.yaml", TEMPLATE + PLAIN + "\n# edited\n").sets.reload();
            assertThat(bench.sets.state().generation()).isEqualTo(2);
            assertThat(bench.sets.state().routes()).extracting(RouteState::id).containsExactlyInAnyOrderElementsOf(ids);
        }
    }
}
