package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A test does not end before it is found out what became of a call whose reply was lost, in whatever run. */
class LostRepliesTest extends TestFileFixture {

    private static final int RUNS = 12;

    private static List<CaseResult> runs(String test) throws InterruptedException {
        StringBuilder text = new StringBuilder("routes: [customers.yaml]\ntests:\n");
        for (int run = 0; run < RUNS; run++)
            text.append("  - {name: run ").append(run).append(", ").append(test).append("}\n");
        return runAll(text.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "reset"})
    void theEventOfAnUnknownOutcomeIsAwaited(String failure) throws InterruptedException {
        assertThat(runs("""
            given: {upstream: [{when: {method: POST}, reply: {failure: %s}}]}, \
            when: {method: POST, path: /customers, json: {e: 1}}, \
            then: {events: [{type: customer.created, subject: /customers, outcome: unknown}]}\
            """.formatted(failure)))
                .allSatisfy(result -> assertThat(result.passed())
                        .as(ConsoleReport.text(result))
                        .isTrue());
    }

    @Test
    void thatThereIsNoEventIsNotSaidBeforeItHasCome() throws InterruptedException {
        assertThat(runs("""
            given: {upstream: [{when: {method: POST}, reply: {failure: reset}}]}, \
            when: {method: POST, path: /customers, json: {e: 1}}, then: {events: []}\
            """))
                .allSatisfy(result -> assertThat(result.failures())
                        .extracting(Failure::message)
                        .containsExactly("one more event than expected"));
    }

    @Test
    void timePassesUntilTheItemHasBeenLookedAt() throws InterruptedException {
        String test = """
            routes: [customers.yaml]
            settings: {eventful.upstreams.default.credential.bearer: own}
            tests:
              - name: applied
                given:
                  ledger: [{subject: /customers/1, state: {e: 0}}]
                  upstream:
                    - {when: {method: PUT}, reply: {failure: reset}}
                    - {when: {method: GET}, reply: [{json: {e: 0}}, {json: {e: 1}}]}
                when: {method: PUT, path: /customers/1, json: {e: 1}}
                then:
                  reply: {status: 502}
                  events: [{type: customer.updated, outcome: confirmed}]
                  log: [reply 502, +2s change 2]
              - name: the system stays away
                given:
                  ledger: [{subject: /customers/1, state: {e: 0}}]
                  upstream: [{reply: {failure: reset}}]
                when: {method: PUT, path: /customers/1, json: {e: 1}}
                then: {events: []}
              - name: the system comes back
                given:
                  ledger: [{subject: /customers/1, state: {e: 0}}]
                  upstream:
                    - {when: {method: PUT}, reply: {failure: reset}}
                    - {when: {method: GET}, reply: [{failure: reset}, {failure: reset}, {failure: reset}, {json: {e: 1}}]}
                when: [{method: PUT, path: /customers/1, json: {e: 1}}, {wait: 1m}]
                then: {events: [{type: customer.updated, outcome: confirmed}]}
              - name: what may be applied late is looked for while time passes for another reason
                given:
                  ledger: [{subject: /customers/1, state: {e: 0}}]
                  upstream:
                    - {when: {method: PUT}, reply: 500}
                    - {when: {method: GET}, reply: [{json: {e: 0}}, {json: {e: 1}}]}
                when: [{method: PUT, path: /customers/1, json: {e: 1}}, {wait: 1m}]
                then: {events: [{type: customer.updated, reason: late}]}
            """;
        List<CaseResult> results = new ArrayList<>(runAll(test));
        assertThat(results)
                .hasSize(4)
                .allSatisfy(result -> assertThat(result.passed())
                        .as(ConsoleReport.text(result))
                        .isTrue());
    }
}
