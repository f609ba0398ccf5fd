package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What routes have aggregated when the set is replaced, in a running gateway. */
class AggregateSwapTest {

    private static final String ROUTES = """
        - beans:
            - name: latest
              type: "#class:org.apache.camel.processor.aggregate.UseLatestAggregationStrategy"
        - route:
            id: items
            from:
              uri: capture:/items/{id}
              parameters: {resource: item}
              steps:
                - aggregate:
                    correlationExpression: {constant: {expression: all}}
                    aggregationStrategy: "#latest"
                    completionSize: 3
                    forceCompletionOnStop: true
                    steps:
                      - transformDataType: {toType: "event:state"}
                      - to: {uri: "channel:items"}
        """;

    @TempDir
    Path folder;

    private static List<String> subjects(LiveGateway gateway, String channel) {
        return gateway.bean(Publications.class).after(0, 100).stream()
                .filter(publication -> publication.channel().equals(channel))
                .map(Publication::event)
                .map(Event::subject)
                .toList();
    }

    /** Changes that the route of the calls has aggregated. */
    private static long held(LiveGateway gateway) {
        return gateway.camel().getRoute("items").getServices().stream()
                .filter(AggregateProcessor.class::isInstance)
                .map(AggregateProcessor.class::cast)
                .mapToLong(aggregate -> aggregate.getStatistics().getTotalIn())
                .sum();
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void whatIsAggregatedIsPublishedBeforeTheNextSetRuns() throws Exception {
        Path routes = Files.createDirectory(folder.resolve("routes"));
        Files.writeString(routes.resolve("items.yaml"), ROUTES);
        try (LiveGateway gateway = new LiveGateway(folder.resolve("data"), routes, Map.of())) {
            for (int id = 1; id <= 2; id++) gateway.call("PUT", "/items/" + id, "{\"n\":1}");
            await().atMost(Duration.ofMinutes(1)).until(() -> held(gateway) == 2);
            Files.writeString(routes.resolve("other.yaml"), """
                - route:
                    id: other
                    from:
                      uri: direct:other
                      steps:
                        - log: {message: hello}
                """);
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> gateway.routes().state().generation() == 2);
            assertThat(subjects(gateway, "items")).containsExactly("/items/2");
        }
    }
}
