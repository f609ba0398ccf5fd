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

    @Test
    void wireTapsQueuesAndAggregatesAreWaitedFor() throws Exception {
        Files.copy(Path.of("src/test/resources/routetest/aside.yaml"), folder.resolve("aside.yaml"));
        Path file = Files.writeString(folder.resolve("aside.test.yaml"), """
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
        TestFiles files = TestFiles.read(List.of(file));
        assertThat(files.problems()).isEmpty();
        try (RouteTester tester = new RouteTester()) {
            CaseResult result = tester.run(files.tests().getFirst());
            assertThat(result.failures()).as(() -> ConsoleReport.text(result)).isEmpty();
        }
    }
}
