package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happened is told in the same order in each run, however long a reply takes to the caller. */
class TimelineOrderTest {

    /** Long enough for routes to be faster than the reply, if they are not held back. */
    private static final String LARGE = "x".repeat(700_000);

    @TempDir
    static Path folder;

    private static RouteTester tester;

    @BeforeAll
    static void start() {
        tester = new RouteTester();
    }

    @AfterAll
    static void stop() {
        tester.close();
    }

    private static List<String> happens(String routes, String test) throws IOException {
        Files.writeString(folder.resolve("order.yaml"), routes);
        Path file = Files.writeString(folder.resolve("order.test.yaml"), test);
        TestFiles files = TestFiles.read(List.of(file));
        assertThat(files.problems()).isEmpty();
        CaseResult result = tester.run(files.tests().getFirst());
        assertThat(result.failures()).as(() -> ConsoleReport.text(result)).isEmpty();
        return result.timeline();
    }

    private static String customers(String options) {
        return """
            - route:
                id: customers
                from:
                  uri: capture:/customers/{id}
                  parameters: {resource: customer%s}
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "channel:customers"}
            - route:
                id: subscribers
                from:
                  uri: channel:customers
                  steps:
                    - to: {uri: "subscribers:customers"}
            """.formatted(options);
    }

    @Test
    void aReplyIsToldBeforeWhatRoutesMakeOfItsChange() throws IOException {
        assertThat(happens(customers(""), """
            tests:
              - name: two updates
                given:
                  upstream: [{when: {method: PUT}, reply: [{status: 201, json: {n: 1, text: "%s"}}, {json: {n: 2}}]}]
                  subscribers: [{name: crm, channel: customers}]
                when:
                  - {method: PUT, path: /customers/1, json: {n: 1}}
                  - {method: PUT, path: /customers/1, json: {n: 2}}
                then: {log: [reply 201, "to[channel:customers]", delivery to crm, reply 200, event on customers]}
            """.formatted(LARGE)))
                .containsExactly(
                        "+0s call PUT /customers/1",
                        "+0s upstream default received GET /customers/1 -> 404, no stub matches",
                        "+0s upstream default received PUT /customers/1 -> 201",
                        "+0s change 1 /customers/1 revision 1 customer.created",
                        "+0s reply 201",
                        "+0s route customers: transformDataType[event:state]",
                        "+0s route customers: to[channel:customers]",
                        "+0s event on customers customer.created /customers/1",
                        "+0s route subscribers: to[subscribers:customers]",
                        "+0s delivery to crm customer.created /customers/1 -> 204",
                        "+0s call PUT /customers/1",
                        "+0s upstream default received PUT /customers/1 -> 200",
                        "+0s change 2 /customers/1 revision 2 customer.updated",
                        "+0s reply 200",
                        "+0s route customers: transformDataType[event:state]",
                        "+0s route customers: to[channel:customers]",
                        "+0s event on customers customer.updated /customers/1",
                        "+0s route subscribers: to[subscribers:customers]",
                        "+0s delivery to crm customer.updated /customers/1 -> 204");
    }

    @Test
    void whatHappensAtTheTimeOfALateReplyIsToldAfterIt() throws IOException {
        assertThat(happens(customers(""), """
            tests:
              - name: a reply when a retry is due
                given:
                  upstream: [{when: {method: PUT}, reply: [{status: 201, json: {n: 1}}, {json: {n: 2, text: "%s"}, delay: 5s}]}]
                  subscribers: [{name: crm, channel: customers, answers: [500, 204]}]
                when:
                  - {method: PUT, path: /customers/1, json: {n: 1}}
                  - {method: PUT, path: /customers/1, json: {n: 2}}
                then: {log: [call]}
            """.formatted(LARGE)).stream().filter(line -> line.startsWith("+5s")))
                .startsWith("+5s change 2 /customers/1 revision 2 customer.updated", "+5s reply 200")
                .contains("+5s delivery to crm customer.created /customers/1 -> 204");
    }

    @Test
    void aCommandThatGoesOnIsToldAfterItsReplyAndOneThatWasWaitedForBeforeIt() throws IOException {
        List<String> lines = happens(customers(", commands: prefer"), """
            tests:
              - name: commands
                given:
                  upstream: [{when: {method: PUT}, reply: [{status: 201, json: {n: 1}}, {json: {n: 2}, delay: 2s}]}]
                when:
                  - {method: PUT, path: /customers/1, headers: {Prefer: respond-async}, json: {n: 1}}
                  - {method: PUT, path: /customers/1, headers: {Prefer: "respond-async, wait=5"}, json: {n: 2}}
                then: {log: [call]}
            """).stream()
                .filter(line -> line.matches(".* (call|reply|change|upstream) .*"))
                .toList();
        assertThat(lines)
                .containsExactly(
                        "+0s call PUT /customers/1",
                        "+0s reply 202",
                        "+0s upstream default received GET /customers/1 -> 404, no stub matches",
                        "+0s upstream default received PUT /customers/1 -> 201",
                        "+0s change 1 /customers/1 revision 1 customer.created",
                        "+0s call PUT /customers/1",
                        "+0s upstream default received PUT /customers/1 -> 200 after 2s",
                        "+2s change 2 /customers/1 revision 2 customer.updated",
                        "+2s reply 200");
    }

    @Test
    void aReadThatWaitsForAViewIsToldAfterWhatItWaitedFor() throws IOException {
        assertThat(happens(customers("") + """
            - route:
                id: rows
                from:
                  uri: channel:customers
                  steps:
                    - delay: {expression: {constant: {expression: 300}}}
                    - to: {uri: "view:customers?access=open"}
            """, """
            tests:
              - name: a read of the view
                given: {upstream: [{when: {method: PUT}, reply: {status: 201, json: {n: 1}}}]}
                when:
                  - {method: PUT, path: /customers/1, json: {n: 1}}
                  - {path: /.eventful/views/customers/1, headers: {Eventful-Min-Position: 1, Prefer: wait=5}}
                then: {log: ["to[view:customers", reply 200], replies: [{status: 201}, {status: 200, json: {n: 1}}]}
            """)).last().isEqualTo("+0s reply 200");
    }

    @Test
    void aRouteThatAnswersACallIsNotHeldBack() throws IOException {
        assertThat(happens("""
            - rest:
                path: /sums
                get:
                  - path: /one
                    to: direct:one
            - route:
                id: one
                from:
                  uri: direct:one
                  steps:
                    - setBody: {expression: {constant: {expression: "1"}}}
            """, """
            tests:
              - name: an answer
                when: {path: /sums/one}
                then: {reply: {status: 200, body: "1"}, log: [call, setBody, reply 200]}
            """)).last().isEqualTo("+0s reply 200");
    }
}
