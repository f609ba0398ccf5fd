package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A subscriber is asked for its consent before it gets events, and that is no delivery. */
class ConsentInTestsTest extends TestFileFixture {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        consent: {headers: {WebHook-Allowed-Origin: "*"}}, | active | '' | [{type: customer.created, state: delivered, attempts: [{status: 500}, {status: 204}]}] | 204
        consent: [503, {status: 200, headers: {WebHook-Allowed-Origin: "*"}}], | pending | consent-not-given | [{state: held, attempts: 0}] | 503
        '' | pending | consent-not-given | [{state: held, attempts: 0}] | 204
        consent: {failure: reset}, | pending | consent-unreachable | [{state: held, attempts: 0}] | reset
        """)
    void theHandshakeIsApartFromTheDeliveries(
            String consent, String status, String reason, String deliveries, String answer) {
        CaseResult result = run("""
            routes: [customers.yaml]
            settings: {eventful.delivery.consent: required}
            tests:
              - name: consent
                given:
                  upstream: [{when: {method: PUT}, reply: {status: 201, json: {id: 1}}}]
                  subscribers: [{name: crm, %s answers: [500, 204]}]
                when: {method: PUT, path: /customers/1, json: {id: 1}}
                then:
                  subscribers: {crm: {status: %s, reason: %s}}
                  deliveries: %s
            """.formatted(consent, status, reason.isEmpty() ? "!absent \"\"" : reason, deliveries));
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
        assertThat(result.timeline()).contains("+0s consent to crm -> " + answer);
    }
}
