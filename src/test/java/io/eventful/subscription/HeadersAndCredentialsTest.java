package io.eventful.subscription;

import static io.eventful.subscription.Problems.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersAndCredentialsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhook-id",
                "Webhook-Signature",
                "WEBHOOK-timestamp",
                "webhook-request-origin",
                "ce-id",
                "CE-Type",
                "content-type",
                "Content-Length",
                "content-encoding",
                "Host",
                "connection",
                "keep-alive",
                "transfer-encoding",
                "TE",
                "trailer",
                "upgrade",
                "expect",
                "proxy-authorization",
                "proxy-connection",
                "authorization",
                "Authorization",
                "user-agent",
                "date",
                "bad name",
                "bad:name",
                "",
                ":authority",
                "x\\u00e4"
            })
    void aHeaderThatTheGatewayOwnsOrThatIsNoneIsRefused(String name) {
        assertThat(problemsWith("'protocolsettings':{'headers':{'" + name + "':'v'}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).startsWith("/protocolsettings/headers/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\r\\nwebhook-signature: v1,x", "a\\nb", "\\u0000", " a", "a ", "ü", "a\\u007fb"})
    void aHeaderValueThatCouldSplitTheRequestIsRefused(String value) {
        assertThat(problemsWith("'protocolsettings':{'headers':{'X-A':'" + value + "'}}"))
                .hasSize(1);
    }

    @Test
    void headersAreABoundedObject() {
        assertThat(problemsWith("'protocolsettings':{'headers':['X-A']}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("not an object"));
        String fields =
                IntStream.range(0, 32).mapToObj(i -> "'X-" + i + "':'v'").collect(Collectors.joining(","));
        assertThat(Samples.request("'protocolsettings':{'headers':{" + fields + "}}")
                        .headers())
                .hasSize(32);
        assertThat(problemsWith("'protocolsettings':{'headers':{" + fields + ",'X-More':'v'}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("32"));
        String longest = "v".repeat(4096);
        assertThat(Samples.request("'protocolsettings':{'headers':{'X-A':'" + longest + "'}}")
                        .headers())
                .containsEntry("X-A", longest);
        assertThat(problemsWith("'protocolsettings':{'headers':{'X-A':'" + longest + "v'}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("4096"));
        assertThat(problemsWith("'protocolsettings':{'headers':{'X-A':'v','x-a':'v'}}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("twice"));
    }

    @Test
    void aCredentialNeedsWhatItsTypeNeedsAndNothingElse() {
        assertThat(problemsWith("'sinkcredential':{}"))
                .singleElement()
                .extracting(RequestProblem::pointer)
                .isEqualTo("/sinkcredential/credentialtype");
        assertThat(problemsWith("'sinkcredential':{'credentialtype':'PLAIN','identifier':'a:b','secret':'s'}"))
                .singleElement()
                .extracting(RequestProblem::pointer)
                .isEqualTo("/sinkcredential/identifier");
        assertThat(problemsWith("'sinkcredential':{'credentialtype':'PLAIN','identifier':'a','accesstoken':'s'}"))
                .extracting(RequestProblem::pointer)
                .containsExactly("/sinkcredential/accesstoken", "/sinkcredential/secret");
        assertThat(problemsWith("'sinkcredential':{'credentialtype':'ACCESSTOKEN','accesstoken':'a b'}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.toString()).doesNotContain("a b"));
        assertThat(problemsWith("'sinkcredential':{'credentialtype':'accesstoken','accesstoken':'a'}"))
                .hasSize(1);
    }

    /** As a file ends, which a secret was read from; a token endpoint would refuse it with each delivery. */
    @ParameterizedTest
    @ValueSource(strings = {"clientid", "clientsecret", "refreshtoken"})
    void whatATokenEndpointIsSentHasNoLineBreak(String member) {
        String credential = ("'sinkcredential':{'credentialtype':'REFRESHTOKEN','accesstoken':'a','refreshtoken':'b',"
                + "'refreshtokenendpoint':'https://login.example.com/token','clientid':'c','clientsecret':'d'}");
        assertThat(Samples.request(credential)).isNotNull();
        assertThat(problemsWith(credential.replaceFirst("'" + member + "':'.", "$0\\\\n")))
                .singleElement()
                .extracting(RequestProblem::pointer)
                .isEqualTo("/sinkcredential/" + member);
        String other = "'sinkcredential':{'credentialtype':'OAUTH2','tokenurl':'https://login.example.com/token',"
                + "'clientid':'c','clientsecret':'d\\n'}";
        assertThat(problemsWith(other))
                .singleElement()
                .extracting(RequestProblem::pointer)
                .isEqualTo("/sinkcredential/clientsecret");
    }

    @Test
    void aReplacementThatLeavesTheSecretOutKeepsIt() {
        SubscriptionRequest first =
                Samples.request("'sinkcredential':{'credentialtype':'PLAIN','identifier':'bob','secret':'hunter2'}");
        ObjectNode shown = SubscriptionDocuments.request(first, NameStyle.LOWER);
        assertThat(shown.toString()).doesNotContain("hunter2");
        assertThat(Samples.requests().parse(shown, first).sinkCredential()).isEqualTo(first.sinkCredential());
        ((ObjectNode) shown.get("sinkcredential")).put("identifier", "eve");
        assertThat(catchThrowableOfType(
                        InvalidSubscriptionException.class,
                        () -> Samples.requests().parse(shown, first)))
                .hasMessageContaining("/sinkcredential/secret");
    }

    /** Otherwise it could be read by giving the subscription a sink of one's own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "'credentialtype':'PLAIN','identifier':'bob','secret':'hunter2'",
                "'credentialtype':'ACCESSTOKEN','accesstoken':'hunter2'",
                "'credentialtype':'REFRESHTOKEN','accesstoken':'hunter2','refreshtoken':'hunter3',"
                        + "'refreshtokenendpoint':'https://login.example.com/token'",
                "'credentialtype':'OAUTH2','clientid':'a','clientsecret':'hunter2',"
                        + "'tokenurl':'https://login.example.com/token'"
            })
    void aReplacementThatLeavesTheSecretOutGivesItToNobodyElse(String credential) {
        SubscriptionRequest first = Samples.request("'sinkcredential':{" + credential + "}");
        ObjectNode shown = SubscriptionDocuments.request(first, NameStyle.LOWER);
        assertThat(shown.toString()).doesNotContain("hunter");
        shown.put("sink", first.sink().resolve("/elsewhere?a=b").toString());
        assertThat(Samples.requests().parse(shown, first).sinkCredential()).isEqualTo(first.sinkCredential());
        for (String other :
                List.of("https://other.example/hook", "https://example.com:8443/hook", "http://example.com/hook"))
            assertThat(catchThrowableOfType(
                            InvalidSubscriptionException.class,
                            () -> Samples.requests().parse(shown.deepCopy().put("sink", other), first)))
                    .hasMessageContaining("/sinkcredential/")
                    .hasMessageContaining("the stored one was given for another receiver");
    }

    @Test
    void aClientSecretThatIsSentAgainGoesOnToAnotherSink() {
        SubscriptionRequest first = Samples.request("'sinkcredential':{'credentialtype':'OAUTH2','clientid':'a',"
                + "'clientsecret':'hunter2','tokenurl':'https://login.example.com/token'}");
        ObjectNode again = SubscriptionDocuments.request(first, NameStyle.LOWER).put("sink", "https://other.example/");
        ((ObjectNode) again.get("sinkcredential")).put("clientsecret", "hunter2");
        assertThat(Samples.requests().parse(again, first).sinkCredential()).isEqualTo(first.sinkCredential());
        ((ObjectNode) again.get("sinkcredential")).remove("clientsecret");
        assertThat(catchThrowableOfType(
                                InvalidSubscriptionException.class,
                                () -> Samples.requests().parse(again, first))
                        .problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/sinkcredential/clientsecret");
                    assertThat(problem.toString()).contains("the sink's scheme, host or port");
                });
        ((ObjectNode) again.get("sinkcredential")).remove("clientid");
        assertThat(catchThrowableOfType(
                        InvalidSubscriptionException.class,
                        () -> Samples.requests().parse(again, first)))
                .hasMessageContaining("/sinkcredential/clientid");
    }

    @Test
    void aRefreshTokenHasAnEndpointAndMayHaveAClient() {
        String endpoint = "'refreshtokenendpoint':'https://login.example.com/token'";
        assertThat(problemsWith("'sinkcredential':{'credentialtype':'REFRESHTOKEN'}"))
                .extracting(RequestProblem::pointer)
                .containsExactly(
                        "/sinkcredential/refreshtokenendpoint",
                        "/sinkcredential/accesstoken",
                        "/sinkcredential/refreshtoken");
        assertThat(problemsWith(
                        "'sinkcredential':{'credentialtype':'REFRESHTOKEN','accesstoken':'a','refreshtoken':'r',"
                                + "'clientsecret':'s'," + endpoint + "}"))
                .extracting(RequestProblem::pointer)
                .containsExactly("/sinkcredential/clientid");
        assertThat(problemsWith(
                        "'sinkcredential':{'credentialtype':'REFRESHTOKEN','accesstoken':'a','refreshtoken':'r',"
                                + "'refreshtokenendpoint':'http://127.0.0.1/token'}"))
                .extracting(RequestProblem::pointer)
                .containsExactly("/sinkcredential/refreshtokenendpoint");
        assertThat(problemsWith(
                        "'sinkcredential':{'credentialtype':'ACCESSTOKEN','accesstoken':'a','refreshtoken':'r'}"))
                .extracting(RequestProblem::pointer)
                .containsExactly("/sinkcredential/refreshtoken");
    }

    @Test
    void aRequestNeverPrintsItsSecrets() {
        SubscriptionRequest request =
                Samples.request("'sinkcredential':{'credentialtype':'PLAIN','identifier':'bob','secret':'hunter2'},"
                        + "'protocolsettings':{'headers':{'X-Key':'topsecret'}}");
        Subscription subscription = new Subscription(
                "sub_1",
                request,
                Status.ACTIVE,
                List.of(new Subscription.Secret("whsec_abc", Samples.TIME)),
                Samples.TIME,
                0,
                0);
        assertThat(subscription.toString()).doesNotContain("hunter2", "topsecret", "whsec_abc", "/hook");
    }

    @Test
    void onlyADeclaredSubscriptionMayNameAVariable() {
        assertThat(Problems.problemsWith("'sinkcredential':{'credentialtype':'PLAIN','identifier':'${env:USER}',"
                        + "'secret':'${env:PATH}'}"))
                .extracting(RequestProblem::pointer)
                .contains("/sinkcredential/identifier", "/sinkcredential/secret");
        assertThat(Problems.problemsWith(
                        "'sinkCredential':{'credentialType':'ACCESSTOKEN','accessToken':'${env:PATH}'}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.remedy()).contains("config/subscriptions.yaml"));
    }
}
