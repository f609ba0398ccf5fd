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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Senders and subscribers that a test plays as they are outside of it. */
class PlayedSendersTest {

    private static final String ROUTE = """
        - route:
            id: hooks
            from:
              uri: webhook-in:/hooks
              parameters: {provider: %s, secret: "%s" %s}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:hooks"}
        """;

    private static final String TEST = """
        tests:
          - name: a genuine webhook is taken
            given:
              webhooks: [{path: /hooks/, provider: %s, secret: "%s" %s}]
            when: {method: POST, path: /hooks, headers: {X-Tenant: t1}, json: {id: e1, type: a.b, specversion: "1.0", source: /s}}
            then:
              events: [{channel: hooks}]
        """;

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

    private static CaseResult passes(String route, String test) throws IOException {
        Files.writeString(folder.resolve("hooks.yaml"), route);
        Path file = Files.writeString(folder.resolve("hooks.test.yaml"), test);
        TestFiles files = TestFiles.read(List.of(file));
        assertThat(files.problems()).isEmpty();
        CaseResult result = tester.run(files.tests().getFirst());
        assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
        return result;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        gitlab            | whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | ''
        standard-webhooks | MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw       | ''
        hmac              | s                                      | , header: X-Sig, encoding: base64url, algorithm: sha512
        hmac              | s                                      | , header: X-Sig, signed: "v1:{header:X-Time}:{header:X-Tenant}:{body}", timestamp: X-Time
        slack             | s                                      | ''
        """)
    void aCallIsSignedAsItsSenderSigns(String provider, String secret, String options) throws IOException {
        passes(ROUTE.formatted(provider, secret, options), TEST.formatted(provider, secret, options));
    }

    @Test
    void itsChangeIsToldByTheTypeOfItsEvent() throws IOException {
        CaseResult result = passes(ROUTE.formatted("stripe", "whsec_s", ""), TEST.formatted("stripe", "whsec_s", ""));
        assertThat(result.timeline())
                .filteredOn(line -> line.contains(" change 1 "))
                .singleElement()
                .asString()
                .endsWith(" revision 1 stripe.a.b");
    }

    /** The key pair of the Standard Webhooks specification's example. */
    @Test
    void aPrivateKeySignsForItsPublicOne() throws IOException {
        passes(
                ROUTE.formatted("standard-webhooks", "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=", ""),
                TEST.formatted(
                        "standard-webhooks",
                        "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
                        ""));
    }

    @Test
    void anItemOfAScopeIsFoundInAView() throws IOException {
        passes("""
            - route:
                id: hooks
                from:
                  uri: capture:/items/{id}
                  parameters: {scope: X-Tenant}
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "view:items", parameters: {access: key}}
            """, """
            tests:
              - name: t
                given:
                  upstream:
                    - {when: {method: PUT, headers: {X-Tenant: a}}, reply: {status: 201, json: {n: 1}}}
                    - {when: {method: PUT}, reply: {status: 201, json: {n: 2}}}
                when:
                  - {method: PUT, path: /items/7, headers: {X-Tenant: a}, json: {n: 1}}
                  - {method: PUT, path: /items/7, headers: {X-Tenant: b}, json: {n: 2}}
                then:
                  views: {items: {"7?X-Tenant=a": {n: 1}, "7?X-Tenant=b": {n: 2}, "7": !absent ""}}
            """);
    }

    @Test
    void namesOfSubscribersAndPathsOfItemsMayHaveAnyCharacters() throws IOException {
        passes("""
            - route:
                id: hooks
                from:
                  uri: capture:/items/{id}
                  steps:
                    - transformDataType: {toType: "event:state"}
                    - to: {uri: "view:items", parameters: {access: key}}
                    - to: {uri: "channel:items"}
            - route:
                id: items-subscribers
                from:
                  uri: channel:items
                  steps:
                    - to: {uri: "subscribers:items"}
            """, """
            tests:
              - name: t
                given:
                  upstream: [{reply: {status: 201, json: {n: 1}}}]
                  subscribers: [{name: Das große CRM, answers: [500, 204]}, {name: other}]
                when: {method: PUT, path: /items/a%20b, json: {n: 1}}
                then:
                  deliveries:
                    - {subscriber: Das große CRM, type: items.created, subject: /items/a%20b, attempts: 2}
                    - {subscriber: other, subject: /items/a%20b, attempts: 1}
                  views: {items: {"a%20b": {n: 1}}}
                  ledger: [{subject: /items/a%20b, state: {n: 1}}, {subject: /items/other, state: !absent ""}]
            """);
    }
}
