package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where there is no order, expectations that can be met together are met, whichever is written first. */
class AnyOrderTest extends TestFileFixture {

    private static List<String> failures(String then) {
        return run("""
            routes: [customers.yaml]
            tests:
              - name: side by side
                given:
                  upstream: [{when: {method: PUT}, reply: {status: 201, json: {id: 1}}}]
                  subscribers: [{name: a}, {name: b, answers: [400]}]
                when: [{method: PUT, path: /customers/1, json: {id: 1}}, {method: PUT, path: /customers/2, json: {id: 1}}]
                then: {%s}
            """.formatted(then)).failures().stream()
                .map(Failure::message)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        order: any, events: [{type: customer.created}, {subject: /customers/1}]
        order: any, events: [{}, {subject: /customers/1}]
        order: any, events: [{subject: /customers/1}, {type: customer.created}]
        order: any, deliveries: [{}, {subject: /customers/1}, {subscriber: b}, {subscriber: a, subject: /customers/1}]
        deliveries: [{state: delivered}, {subscriber: a}, {subscriber: b}, {subscriber: b}]
        deliveries: [{}, {state: dead}, {subscriber: a}, {subscriber: a}]
        deliveries: [{state: dead}, {state: dead}, {state: delivered}, {state: delivered}]
        """)
    void whatCanBeMetIs(String then) {
        assertThat(failures(then)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        order: any, events: [{subject: /customers/1}, {subject: /customers/1}] | no such event,one more event than expected
        order: any, events: [{}] | one more event than expected
        order: any, events: [{}, {}, {}] | no such event
        deliveries: [{subscriber: a, subject: /customers/2}, {subscriber: a, subject: /customers/1}, {subscriber: b}, {}] | delivery is not as expected at /subject,delivery is not as expected at /subject
        """)
    void whatCannotIsNot(String then, String failures) {
        assertThat(String.join(",", failures(then))).isEqualTo(failures);
    }
}
