package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test does not end before what its routes have begun on threads of their own. */
class AsideTest {

    @TempDir
    Path folder;

    private void passes(String routes, String test) throws Exception {
        Files.copy(Path.of("src/test/resources/routetest", routes + ".yaml"), folder.resolve(routes + ".yaml"));
        Path file = Files.writeString(folder.resolve(routes + ".test.yaml"), test);
        TestFiles files = TestFiles.read(List.of(file));
        assertThat(files.problems()).isEmpty();
        try (RouteTester tester = new RouteTester()) {
            CaseResult result = tester.run(files.tests().getFirst());
            assertThat(result.failures()).as(() -> ConsoleReport.text(result)).isEmpty();
        }
    }

    @Test
    void wireTapsQueuesAndAggregatesAreWaitedFor() throws Exception {
        passes("aside", """
            tests:
              - name: what goes aside arrives
                given:
                  ledger: [{subject: /orders/1, state: {n: 1}}]
                  upstream: [{when: {method: PUT}, reply: {json: {n: 2}}}]
                when: {method: PUT, path: /orders/1, json: {n: 2}}
                then:
                  events:
                    - {channel: audit, pattern: state}
                    - {channel: ledger, pattern: change}
                    - {channel: orders, pattern: notification}
                    - {channel: batches, pattern: notification}
            """);
    }

    @Test
    void stepsThatWaitAndResequencersAreWaitedFor() throws Exception {
        passes("waits", """
            tests:
              - name: what waits arrives
                given:
                  upstream: [{when: {method: PUT}, reply: {status: 201, json: {n: 1}}}]
                when:
                  - {method: PUT, path: /orders/1, json: {n: 1}}
                  - {method: PUT, path: /orders/2, json: {n: 1}}
                  - {method: PUT, path: /orders/3, json: {n: 1}}
                then:
                  order: any
                  events:
                    - {channel: orders, subject: /orders/1}
                    - {channel: orders, subject: /orders/2}
                    - {channel: orders, subject: /orders/3}
                    - {channel: audit, subject: /orders/1}
                    - {channel: audit, subject: /orders/2}
                    - {channel: audit, subject: /orders/3}
                    - {channel: batched, subject: /orders/1, type: order.batched}
                    - {channel: batched, subject: /orders/2, type: order.batched}
                    - {channel: batched, subject: /orders/3, type: order.batched}
                    - {channel: streamed, subject: /orders/1}
                    - {channel: streamed, subject: /orders/2}
                    - {channel: streamed, subject: /orders/3}
            """);
    }
}
