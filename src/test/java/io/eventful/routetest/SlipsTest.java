package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would pass without a test of anything is told before the run. */
class SlipsTest {

    @TempDir
    Path folder;

    private List<String> problems(String text) throws IOException {
        Files.copy(
                Path.of("src/test/resources/routetest/customers.yaml"),
                folder.resolve("customers.yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Path file = Files.writeString(folder.resolve("customers.test.yaml"), text);
        return TestFiles.read(List.of(file)).problems().stream()
                .map(problem -> problem.text().replaceFirst(".*customers.test.yaml:", ""))
                .toList();
    }

    @Test
    void aMessageHasOneContent() throws IOException {
        assertThat(problems("""
            tests:
              - name: two contents
                given:
                  upstream: [{when: {json: {a: 1}, body: b}, reply: [{json: {a: 1}, body: b}]}]
                  subscribers: [{name: crm, answers: {body: b, json: {a: 1}}}]
                when: {method: PUT, path: /customers/1, json: {a: 1}, body: b}
                then: {reply: {json: {a: 1}, body: '{"a":1}'}}
            """))
                .containsExactly(
                        "4:73: an element of reply has both json and body; keep one of them",
                        "5:43: answers has both json and body; keep one of them",
                        "6:59: when has both json and body; keep one of them");
    }

    @Test
    void anItemOfAnUpstreamHasAPath() throws IOException {
        assertThat(problems("""
            tests:
              - name: no paths
                given:
                  ledger:
                    - {subject: customers/1, state: {}}
                    - {subject: customers/1, state: {}, source: /upstreams/crm}
                    - {subject: I_1, state: {}, source: /webhooks/hooks/github}
                when: {method: PUT, path: /customers/1}
                then: {ledger: [{subject: customers/1, state: !absent ""}]}
            """))
                .containsExactly(
                        "5:21: subject is not a path such as /customers/42; write a path that starts with /",
                        "6:21: subject is not a path such as /customers/42; write a path that starts with /",
                        "9:31: subject is not a path such as /customers/42; write a path that starts with /");
    }

    @Test
    void aNumberHasBounds() throws IOException {
        assertThat(problems("""
            tests:
              - name: numbers
                given:
                  ledger: [{subject: /customers/1, state: {}, revision: 99999999999}]
                when: {method: PUT, path: /customers/1}
                then: {upstream: [{method: PUT, times: 1000001}, {method: PUT, times: -1}, {times: 1000000}]}
            """))
                .containsExactly(
                        "4:61: revision is not a whole number from 0 to 1000000",
                        "6:44: times is not a whole number from 0 to 1000000",
                        "6:75: times is not a whole number from 0 to 1000000");
    }

    @Test
    void aFileHasATest() throws IOException {
        assertThat(problems("tests: []\n")).containsExactly("1:8: tests is empty; add a test");
    }

    @Test
    void aTestHasACall() throws IOException {
        assertThat(problems("""
            tests:
              - name: no call
                when: []
                then: {events: []}
            """)).containsExactly("3:11: when is empty; add a call");
    }

    @Test
    void aliasesMayBeManyButNotExpandToAnything() throws IOException {
        StringBuilder many = new StringBuilder("tests:\n  - &first\n    name: one\n"
                + "    when: &call {method: PUT, path: /customers/1}\n    then: {events: []}\n");
        for (int i = 0; i < 200; i++) many.append("  - {name: n" + i + ", when: *call, then: {events: []}}\n");
        assertThat(problems(many.toString())).isEmpty();

        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++)
            laughs.append("a%1$d: &a%1$d [%2$s]\n"
                    .formatted(i, String.join(", ", Collections.nCopies(10, "*a" + (i - 1)))));
        assertThat(problems(laughs.toString()))
                .containsExactly("4:5: the aliases of the file stand for more than 100000 values; write fewer of them,"
                        + " or split the file");
        assertThat(problems("tests:\n  - name: one\n    when: &when\n      method: PUT\n      path: /customers/1\n"
                        + "      json: {a: *when}\n    then: {events: []}\n"))
                .containsExactly("3:11: an alias refers to what it stands in; write out what is meant");
    }
}
