package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A slip in a test is told as what it is, with its place. */
class MistakesTest extends TestFileFixture {

    private static final String TEST = """
        routes: [customers.yaml]
        tests:
          - name: a new customer
            given:
              upstream: [{when: {method: PUT}, reply: {status: 201, json: {id: 1}}}]
              subscribers: [{name: crm}]
            when: {method: PUT, path: /customers/1, json: {id: 1}}
            then: {events: []}
        """;

    private static List<String> problems(String text) {
        return read(text).problems().stream()
                .map(problem -> problem.text().replaceFirst(".*a.test.yaml:", ""))
                .toList();
    }

    private static List<String> failures(String then) {
        return run(TEST.replace("then: {events: []}", "then: " + then)).failures().stream()
                .map(Failure::message)
                .toList();
    }

    @Test
    void aLineOutOfOrderIsNotSaidToBeMissing() {
        assertThat(failures("{log: [reply 201, call PUT]}"))
                .containsExactly("the log contains no line with \"call PUT\" after \"reply 201\"");
        assertThat(failures("{log: [reply 200]}")).containsExactly("the log contains no line with \"reply 200\"");
    }

    @Test
    void aViewThatNoRouteHasIsSaidToBeNone() {
        assertThat(failures("{views: {nope: {\"1\": {id: 1}}}}")).containsExactly("no route has a step to: view:nope");
    }

    @Test
    void aSubscriberIsComparedByItself() {
        assertThat(failures("{subscribers: {crm: {status: disabled}}}"))
                .containsExactly("subscriber crm is not as expected at /status");
    }

    @Test
    void namesThatNobodyHasAndNamesThatTwoHaveAreToldBeforeTheRun() {
        assertThat(problems(TEST.replace(
                                "then: {events: []}",
                                "then: {subscribers: {crmm: {status: active}}, deliveries: [{subscriber: crn}]}")
                        + """
                          - name: a new customer
                            when: {method: GET, path: /}
                            then: {events: []}
                        """))
                .containsExactlyInAnyOrder(
                        "9:11: two elements of tests have the same name a new customer; use a different one for each",
                        "8:26: given has no subscriber crmm; did you mean \"crm\"?",
                        "8:77: given has no subscriber crn; did you mean \"crm\"?");
    }

    @Test
    void aStatusIsOneOfHttp() {
        assertThat(problems(TEST.replace("{name: crm}", "{name: crm, answers: [999, {status: 20}]}")
                        .replace(
                                "then: {events: []}",
                                "then: {reply: {status: abc}, replies: [{status: !any \"\"}, {status: 201}]}")))
                .containsExactly(
                        "6:43: an element of answers is not a status from 200 to 599",
                        "6:57: status is not a status from 200 to 599",
                        "8:28: status is not a status from 200 to 599");
    }

    @Test
    void whatKeepsTheGatewayFromItsStartHasItsPlaceAndIsNoFailure() throws IOException {
        CaseResult settings = run("settings: {eventful.delivery.retry-schedul: [0s]}\n" + TEST);
        assertThat(settings.failures()).isEmpty();
        assertThat(settings.passed()).isFalse();
        assertThat(settings.problems().getFirst().text())
                .startsWith(folder + "/a.test.yaml:1:12: eventful.delivery.retry-schedul")
                .contains("retry-schedule");
        assertThat(run(TEST.replace("[{name: crm}]", "[{name: crm, types: [\"\"]}]"))
                        .problems()
                        .getFirst()
                        .text())
                .contains("a.test.yaml:6:7: ");
        Path faulty = folder.resolve("faulty.yaml");
        Files.writeString(
                faulty,
                Files.readString(folder.resolve("customers.yaml")).replace("transformDataType", "transformDatType"));
        CaseResult routes = run(TEST.replace("[customers.yaml]", "[faulty.yaml]"));
        assertThat(routes.problems().getFirst().text())
                .startsWith(faulty + ":8:11: ")
                .contains("transformDataType");
    }
}
