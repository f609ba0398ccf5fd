package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody waits longer for a stand-in than the gateway would wait for the real system. */
class PatienceTest extends TestFileFixture {

    @ParameterizedTest
    @CsvSource({"29s,30s,201", "40s,30s,504", "30s,30s,504", "40s,41s,201", "5s,PT2S,504"})
    void aReplyThatComesTooLateIsNone(String delay, String timeout, int status) {
        CaseResult result = run("""
            routes: [customers.yaml]
            settings: {eventful: {upstreams: {default: {timeout: %2$s}}}}
            tests:
              - name: a slow system
                given: {upstream: [{when: {method: POST}, reply: {status: 201, json: {id: 1}, delay: %1$s}}]}
                when: {method: POST, path: /customers, json: {id: 1}}
                then: {reply: {status: %3$d}, events: [{outcome: %4$s}], log: [reply]}
            """.formatted(delay, timeout, status, status == 504 ? "unknown" : "confirmed"));
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
        String at = status == 504 ? timeout.replace("PT2S", "2s") : delay;
        assertThat(result.timeline()).contains("+" + at + " reply " + status);
    }

    @ParameterizedTest
    @CsvSource({"15s,''", "5s,eventful.delivery.timeout: 5s"})
    void anAttemptThatTakesTooLongHasFailed(String timeout, String settings) {
        CaseResult result = run("""
            routes: [customers.yaml]
            settings: {%2$s}
            tests:
              - name: a slow subscriber
                given:
                  upstream: [{when: {method: PUT}, reply: {status: 201, json: {id: 1}}}]
                  subscribers: [{name: crm, answers: [{status: 200, delay: 20s}, {status: 200, delay: 4s}]}]
                when: {method: PUT, path: /customers/1, json: {id: 1}}
                then:
                  deliveries:
                    - subscriber: crm
                      state: delivered
                      attempts: [{at: 0s, reason: timeout, status: !absent ""}, {at: %3$ds, status: 200}]
            """.formatted(timeout, settings, timeout.equals("15s") ? 20 : 10));
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
        assertThat(result.timeline())
                .contains("+0s delivery to crm customer.created /customers/1 -> timeout after " + timeout);
    }
}
