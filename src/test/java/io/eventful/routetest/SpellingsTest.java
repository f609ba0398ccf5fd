package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A path means the same item and the same request wherever a test writes it, with escapes or without them. */
class SpellingsTest extends TestFileFixture {

    @ParameterizedTest
    @ValueSource(strings = {"ü", "%C3%BC"})
    void aCharacterBeyondAsciiIsItsEscape(String id) {
        CaseResult result = run("""
            routes: [customers.yaml]
            tests:
              - name: spellings
                given:
                  ledger: [{subject: /customers/ü, state: {e: 0}}]
                  upstream: [{when: {method: PUT, path: /customers/ü}, reply: {json: {e: 1}}}]
                  subscribers: [{name: crm}]
                when: {method: PUT, path: /customers/%s?q=ü, json: {e: 1}}
                then:
                  reply: {status: 200}
                  upstream: [{path: /customers/ü?q=ü}]
                  events: [{subject: /customers/ü, partitionkey: /customers/ü, revision: 2}]
                  deliveries: [{subject: /customers/ü}]
                  changes: [{subject: /customers/ü}]
                  ledger: [{subject: /customers/ü, state: {e: 1}}]
            """.formatted(id));
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/customers//42/", "/customers/%34%32", "/x/../customers/42"})
    void aSubjectIsThatOfItsCanonicalPath(String subject) {
        CaseResult result = run("""
            routes: [customers.yaml]
            tests:
              - name: spellings
                given:
                  ledger: [{subject: %1$s, state: {e: 0}}]
                  upstream: [{reply: {json: {e: 1}}}]
                when: {method: PUT, path: /customers/42, json: {e: 1}}
                then:
                  events: [{type: customer.updated, subject: %1$s, revision: 2}]
                  ledger: [{subject: %1$s, revision: 2}]
            """.formatted(subject));
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
    }
}
