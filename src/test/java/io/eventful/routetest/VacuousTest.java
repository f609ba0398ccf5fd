package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An expectation that nothing can contradict is told before the run. */
class VacuousTest extends TestFileFixture {

    private static List<String> problems(String then) {
        return read("""
            routes: [customers.yaml]
            tests:
              - name: nothing is expected
                given: {endpoints: [file], systems: {crm.url: [{reply: 200}]}, subscribers: [{name: crm}]}
                when: {method: PUT, path: /customers/1, json: {id: 1}}
                then: %s
            """.formatted(then)).problems().stream()
                .map(problem -> problem.text().replaceFirst(".*a.test.yaml:", ""))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                                | 6:11: then expects nothing; add what is expected, such as events
        {order: any, exactly: true}       | 6:11: then expects nothing; add what is expected, such as events
        {reply: {}}                       | 6:19: reply expects nothing; add what is expected, such as status
        {log: []}                         | 6:17: log is empty; add what is expected, or remove it
        {log: [""]}                       | 6:18: an element of log is not a text to be found
        {ledger: []}                      | 6:20: ledger is empty; add what is expected, or remove it
        {views: {}}                       | 6:19: views expects nothing; add what is expected, or remove it
        {views: {customers: {}}}          | 6:31: customers expects nothing; add what is expected, or remove it
        {subscribers: {}}                 | 6:25: subscribers expects nothing; add what is expected, or remove it
        {subscribers: {crm: {}}}          | 6:31: crm expects nothing; add what is expected, or remove it
        {systems: {}}                     | 6:21: systems expects nothing; add what is expected, or remove it
        {endpoints: {}}                   | 6:23: endpoints expects nothing; add what is expected, or remove it
        {systems: {crm.uri: []}}          | 6:22: given has no system crm.uri; did you mean "crm.url"?
        {endpoints: {"smtp:x": []}}       | 6:24: given.endpoints does not replace smtp; add smtp to the endpoints of given
        {endpoints: {"fil:x": []}}        | 6:24: given.endpoints does not replace fil; did you mean "file"?
        {endpoints: {topic: []}}          | 6:24: topic is not an endpoint; write its scheme and path, such as kafka:topic
        """)
    void isRefusedWithItsPlace(String then, String problem) {
        assertThat(problems(then)).containsExactly(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{events: []}",
                "{deliveries: []}",
                "{upstream: []}",
                "{deadLetters: []}",
                "{changes: []}",
                "{replies: []}",
                "{reply: []}",
                "{events: [{}]}",
                "{systems: {crm.url: []}}",
                "{endpoints: {\"file:x\": [], \"kafka:topic\": [{}]}}",
                "{views: {customers: {\"1\": {}}}}",
                "{ledger: [{subject: /customers/1}]}",
                "{reply: {status: !any \"\"}}"
            })
    void thatThereIsNothingIsAnExpectation(String then) {
        assertThat(problems(then)).isEmpty();
    }
}
