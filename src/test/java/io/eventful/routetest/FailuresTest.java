package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example of the format passes, and each of its expectations fails at its own line when it is changed. */
class FailuresTest extends TestFileFixture {

    private static final String EXAMPLE = """
        routes: [customers.yaml]
        tests:
          - name: an update carries the whole customer
            given:
              ledger:   [{subject: /customers/42, state: {id: 42, email: ada@old.example}}]
              upstream: [{when: {method: PUT, path: /customers/42}, reply: {status: 200, json: {id: 42, email: ada@new.example}}}]
              subscribers: [{name: crm, answers: [500, 200]}]
            when: {method: PUT, path: /customers/42, json: {email: ada@new.example}}
            then:
              reply:    {status: 200, json: {id: 42, email: ada@new.example}}
              upstream: [{method: PUT, path: /customers/42}]
              events:   [{channel: customers, type: customer.updated, pattern: state, data: {action: updated, state: {id: 42, email: ada@new.example}}}]
              deliveries: [{subscriber: crm, state: delivered, attempts: [{at: 0s, status: 500}, {at: 5s, status: 200}]}]
              changes: [{subject: /customers/42, revision: 2}]
              ledger: [{subject: /customers/42, revision: 2}]
              deadLetters: []
              subscribers: {crm: {status: active}}
              log: [call PUT, event on customers]
        """;

    @Test
    void theExamplePasses() {
        CaseResult result = run(EXAMPLE);
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        reply:    {status: 200                      | reply:    {status: 201                         | 10 | the reply is not as expected at /status
        upstream: [{method: PUT, path: /customers/42}] | upstream: []                                | 11 | one more call than expected
        type: customer.updated                      | type: customer.created                         | 12 | event is not as expected at /type
        action: updated, state: {id: 42, email: ada@new | action: updated, state: {id: 42, email: x   | 12 | event is not as expected at /data/state/email
        at: 5s, status: 200                         | at: 6s, status: 200                            | 13 | delivery is not as expected at /attempts/1/at
        changes: [{subject: /customers/42, revision: 2 | changes: [{subject: /customers/42, revision: 3 | 14 | change 1 is not as expected at /revision
        ledger: [{subject: /customers/42, revision: 2 | ledger: [{subject: /customers/42, revision: 3 | 15 | the ledger's item is not as expected at /revision
        deadLetters: []                             | deadLetters: [{kind: change}]                  | 16 | no such dead letter
        status: active                              | status: disabled                               | 17 | subscriber crm is not as expected at /status
        event on customers                          | event on orders                                | 18 | the log contains no line with "event on orders"
        """)
    void aChangedExpectationFailsAtItsLine(String from, String to, int line, String message) {
        assertThat(EXAMPLE).contains(from);
        CaseResult result = run(EXAMPLE.replace(from, to));
        assertThat(result.failures()).hasSize(1);
        Failure failure = result.failures().getFirst();
        assertThat(failure.message()).isEqualTo(message);
        assertThat(failure.spot().line()).isEqualTo(line);
        assertThat(result.timeline()).contains("+0s call PUT /customers/42", "+0s reply 200");
    }

    @Test
    void aHeaderIsComparedAsTextHoweverItIsWritten() {
        String test = """
            routes: [customers.yaml]
            tests:
              - name: headers
                given:
                  upstream:
                    - when: {method: PUT, headers: {X-A: 1, X-B: true}}
                      reply: {status: 200, headers: {X-C: 1.10}, json: {id: 42}}
                  subscribers: [{name: crm, answers: [200], protocolsettings: {headers: {X-D: "7"}}}]
                when: {method: PUT, path: /customers/42, headers: {X-A: 1, X-B: true}, json: {id: 42}}
                then:
                  reply: {status: 200, headers: {X-C: 1.10}}
                  upstream:
                    - {method: GET}
                    - {method: PUT, headers: {X-A: 1, X-b: true}}
                  deliveries: [{subscriber: crm, attempts: [{headers: {X-D: 7}}]}]
            """;
        CaseResult result = run(test);
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
        CaseResult other = run(test.replace("headers: {X-D: 7}", "headers: {X-D: 8}"));
        assertThat(ConsoleReport.text(other))
                .contains("delivery is not as expected at /attempts/0/headers/x-d", "x-d: \"8\"", "x-d: \"7\"");
    }

    @Test
    void aFailureIsToldWithTheDifferenceAndTheExchange() {
        CaseResult result = run(EXAMPLE.replace("action: updated, state: {id: 42", "action: updated, state: {id: 43"));
        assertThat(ConsoleReport.text(result).replace(folder.toString(), "routes"))
                .startsWith("""
                    routes/a.test.yaml:12: event is not as expected at /data/state/id
                      - expected  + actual
                        {
                          channel: "customers",
                          type: "customer.updated",
                          pattern: "state",
                          data: {
                            action: "updated",
                            state: {
                      -       id: 43,
                      +       id: 42,
                              email: "ada@new.example"
                            }
                          }
                        }
                    what happened:
                      +0s call PUT /customers/42
                      +0s upstream default received PUT /customers/42 -> 200
                      +0s change 2 /customers/42 revision 2 customer.updated
                    """);
    }

    @Test
    void aListOfRepliesIsThatOfAllCalls() {
        String twice = EXAMPLE.replaceFirst(" when: (.*)\n", " when: [$1, {method: GET, path: /customers/42}]\n")
                .replaceFirst(" reply:    (.*)\n", " reply:    [$1, {status: 404}]\n")
                .replace("upstream: [{method: PUT, path: /customers/42}]", "upstream: [{method: PUT}, {method: GET}]");
        CaseResult result = run(twice);
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
        assertThat(run(twice.replace("status: 404", "status: 200")).failures())
                .extracting(Failure::message)
                .containsExactly("reply 2 is not as expected at /status");
    }

    @Test
    void exactlyTakesNothingMore() {
        String surplus =
                EXAMPLE.replace("pattern: state, data: {action", "pattern: state, exactly: true, data: {action");
        assertThat(run(surplus).failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.mismatches())
                        .extracting(Mismatch::pointer)
                        .containsExactlyInAnyOrder("/data/complete", "/data/digest", "/data/link"));
        String ignored =
                surplus.replace("exactly: true", "exactly: true, ignore: [/data/complete, /data/digest, /data/link]");
        CaseResult result = run(ignored);
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
    }

    @Test
    void timesPathsAndFieldsThatCannotBeAreToldBeforeTheRun() {
        assertThat(read("""
            routes: [customers.yaml]
            tests:
              - name: slips
                given: {time: yesterday, upstream: [{when: {path: customers}, reply: 200}]}
                when: [{path: "/x", headers: {Host: x, X-Mine: y}}, {path: "customers/1"}, {path: "/customers/{id}"}, {path: "/customers/%7Bid%7D?a=é"}]
                then: {events: []}
            """).problems())
                .extracting(problem -> problem.text().replaceFirst(".*a.test.yaml:", ""))
                .containsExactly(
                        "4:19: time is not a time such as 2026-01-01T00:00:00Z",
                        "4:55: path is not a path that starts with /",
                        "5:35: \"Host\" is set by the client that makes the call; remove it",
                        "5:64: path is not a path such as /customers/42, percent-encoded where needed",
                        "5:87: path is not a path such as /customers/42, percent-encoded where needed");
    }

    @Test
    void whatCanOnlyBeASlipIsToldBeforeTheRun() {
        assertThat(read("""
            tests:
              - name: slips
                given:
                  subscribers: [{name: a}, {name: a}]
                  webhooks: [{path: /in, provider: githb, secret: s}]
                when: [{method: PUT, path: /customers/1, wait: 5m}]
                then: {reply: {body: !matches "[a", ignore: [data/link]}}
            """).problems())
                .extracting(problem ->
                        problem.text().replaceFirst(".*a.test.yaml:", "").replaceFirst(";.*", ""))
                .containsExactly(
                        "7:26: the regular expression is invalid: Unclosed character class",
                        "4:39: two elements of subscribers have the same name a",
                        "5:40: provider is not one of github, gitlab, stripe, slack, shopify, standard-webhooks, hmac,"
                                + " basic, bearer, cloudevents",
                        "6:13: \"method\" is not a member of a wait",
                        "6:26: \"path\" is not a member of a wait",
                        "7:50: an element of ignore is not a JSON Pointer such as /data/link");
        assertThat(read(EXAMPLE.replace("[customers.yaml]", "[customers.yaml, ./customers.yaml]"))
                        .problems()
                        .getFirst()
                        .text())
                .contains("a.test.yaml:1:26: two of the tested files have the same name, customers.yaml");
    }

    @Test
    void aTestFileThatCannotBeRunIsToldWithEveryPlaceAndAGuess() {
        String faulty = EXAMPLE.replace("deliveries:", "delivries:")
                .replace("at: 5s", "at: soon")
                .replace("[customers.yaml]", "[customer.yaml]");
        assertThat(read(faulty).problems().stream()
                        .map(problem -> problem.text().replace(folder.toString(), "routes"))
                        .collect(Collectors.toList()))
                .containsExactly(
                        "routes/a.test.yaml:13:7: \"delivries\" is not a member of then; did you mean \"deliveries\"?");
        assertThat(read(EXAMPLE.replace("at: 5s", "at: soon"))
                        .problems()
                        .getFirst()
                        .text())
                .endsWith("a.test.yaml:13:95: at is not a duration such as 5s");
        assertThat(read(EXAMPLE.replace("[customers.yaml]", "[customer.yaml]"))
                        .problems()
                        .getFirst()
                        .text())
                .contains("a.test.yaml:1:10: there is no route file ");
        assertThat(read("tests: [").problems().getFirst().text())
                .contains("a.test.yaml:")
                .contains("invalid YAML");
    }
}
