package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.SubscriptionConfig.ContentMode;
import io.eventful.subscription.SubscriptionConfig.Ordering;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionRequestsTest {

    private static List<RequestProblem> problems(String json) {
        return problems(Samples.requests(), Samples.json(json));
    }

    private static List<RequestProblem> problems(SubscriptionRequests requests, JsonNode json) {
        InvalidSubscriptionException refused =
                catchThrowableOfType(InvalidSubscriptionException.class, () -> requests.parse(json));
        assertThat(refused).as("%s must be refused", json).isNotNull();
        assertThat(refused.problems()).allSatisfy(problem -> {
            assertThat(problem.detail()).isNotBlank();
            assertThat(problem.remedy()).isNotBlank();
        });
        return refused.problems();
    }

    private static List<RequestProblem> problemsWith(String members) {
        return problems("{'sink':'https://example.com/hook','protocol':'HTTP'," + members + "}");
    }

    @Test
    void theLeastRequestHasTheDocumentedDefaults() {
        SubscriptionRequest request = Samples.request("");
        assertThat(request.sink()).hasToString("https://example.com/hook");
        assertThat(request.types()).isEmpty();
        assertThat(request.source()).isNull();
        assertThat(request.headers()).isEmpty();
        assertThat(request.sinkCredential()).isNull();
        assertThat(request.config())
                .isEqualTo(new SubscriptionConfig(null, ContentMode.BINARY, Ordering.SUBJECT, 0, new Start.Now()));
        assertThat(request.filters().matches(Samples.event("anything"))).isTrue();
        assertThat(request.style()).isEqualTo(NameStyle.LOWER);
    }

    @Test
    void bothSpellingsMeanTheSameAndAreAnsweredAsTheyCame() {
        String body = "'protocolsettings':{'headers':{'X-A':'b'}},'sinkcredential':{'credentialtype':'ACCESSTOKEN',"
                + "'accesstoken':'t','accesstokentype':'Splunk','accesstokenexpiresutc':'2027-01-01T00:00:00Z'},"
                + "'config':{'contentmode':'structured','ratelimit':9,'start':12,'ordering':'none'}";
        SubscriptionRequest lower = Samples.request(body);
        SubscriptionRequest camel = Samples.request(body.replace("protocolsettings", "protocolSettings")
                .replace("sinkcredential", "sinkCredential")
                .replace("credentialtype", "credentialType")
                .replace("accesstokenexpiresutc", "accessTokenExpiresUtc")
                .replace("accesstokentype", "accessTokenType")
                .replace("accesstoken'", "accessToken'")
                .replace("contentmode", "contentMode")
                .replace("ratelimit", "rateLimit"));
        assertThat(camel.style()).isEqualTo(NameStyle.CAMEL);
        assertThat(camel.sinkCredential()).isEqualTo(lower.sinkCredential());
        assertThat(camel.config()).isEqualTo(lower.config());
        assertThat(camel.headers()).isEqualTo(lower.headers()).isEqualTo(Map.of("X-A", "b"));
        assertThat(lower.config().start()).isEqualTo(new Start.Position(12));

        ObjectNode shown = SubscriptionDocuments.request(camel, camel.style());
        assertThat(shown.at("/sinkCredential/credentialType").asText()).isEqualTo("ACCESSTOKEN");
        assertThat(shown.at("/protocolSettings/headers/X-A").asText()).isEqualTo("b");
        assertThat(shown.at("/config/contentMode").asText()).isEqualTo("structured");
        assertThat(shown.at("/config/rateLimit").asInt()).isEqualTo(9);
        assertThat(shown.toString()).doesNotContain("accessToken\"");
        assertThat(SubscriptionDocuments.request(lower, lower.style()).toString())
                .contains("\"sinkcredential\"", "\"accesstokenexpiresutc\"", "\"contentmode\"")
                .doesNotContain("\"accesstoken\"");
    }

    @Test
    void everythingWrongIsReportedAtOnceWithItsPlace() {
        List<RequestProblem> problems = problems("{'sink':'ftp://x','protocol':'http','typs':[],'types':['a*',7],"
                + "'filters':[{'exact':{'Type':'x'}},{'sql':'type ='}],'protocolsettings':{'headers':{'webhook-id':'1'}},"
                + "'config':{'ordering':'strict','ratelimit':0,'start':'later','labels':{'a':1}}}");
        assertThat(problems)
                .extracting(RequestProblem::pointer)
                .containsExactlyInAnyOrder(
                        "/typs",
                        "/protocol",
                        "/sink",
                        "/types/0",
                        "/types/1",
                        "/filters/0/exact/Type",
                        "/filters/1/sql",
                        "/protocolsettings/headers/webhook-id",
                        "/config/ordering",
                        "/config/ratelimit",
                        "/config/start",
                        "/config/labels/a");
        assertThat(problems.getFirst().remedy()).isEqualTo("Did you mean \"types\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "sinkCredentail,sinkcredential",
        "filter,filters",
        "protocolsetting,protocolsettings",
        "Sink,sink",
        "conf,config"
    })
    void anUnknownMemberIsRefusedWithTheNearestKnownOne(String unknown, String meant) {
        assertThat(problemsWith("'" + unknown + "':{}")).singleElement().satisfies(problem -> {
            assertThat(problem.pointer()).isEqualTo("/" + unknown);
            assertThat(problem.remedy()).contains("\"" + meant + "\"");
        });
    }

    @Test
    void aMemberInBothSpellingsIsRefused() {
        assertThat(problemsWith("'sinkcredential':null,'sinkCredential':null"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.detail()).contains("/sinkcredential"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "/hook",
                "//example.com/",
                "ftp://example.com/",
                "http:",
                "http:///x",
                "http://:80/",
                "https://u@example.com/",
                "https://u:p@example.com/",
                "http://@example.com/",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://example.com:x/",
                "http://exa mple.com/",
                "http://exämple.com/",
                "http://my_host/",
                "http://1.2.3.4.5/",
                "http://256.1.1.1/",
                "http://example.com/#frag",
                "mailto:a@example.com",
                "http://127%2e0.0.1/",
                "http://[::1/",
                "javascript:alert(1)"
            })
    void aSinkThatIsNoPlainHttpUrlIsRefused(String sink) {
        assertThat(problems("{'sink':'" + sink + "','protocol':'HTTP'}"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/sink"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://localhost:8080/",
                "http://LOCALHOST./",
                "http://a.localhost/",
                "http://2130706433/",
                "http://0x7f.1/",
                "http://0177.0.0.1/",
                "http://127.1:80/x",
                "http://127.0.0.1./",
                "http://[::1]:80/",
                "http://[::ffff:10.0.0.1]/",
                "http://[fe80::1%25eth0]/",
                "http://169.254.169.254/latest",
                "HTTP://10.0.0.1",
                "https://[64:ff9b::a00:1]/",
                "http://0/",
                "http://internal.example/"
            })
    void aSinkThatLeadsToAForbiddenAddressIsRefused(String sink) throws Exception {
        InetAddress inside = InetAddress.getByAddress(new byte[] {10, 1, 2, 3});
        InetAddress outside = InetAddress.getByAddress(new byte[] {8, 8, 8, 8});
        SubscriptionRequests requests =
                new SubscriptionRequests(new SinkGuard(List.of()), host -> List.of(outside, inside));
        assertThat(problems(requests, Samples.json("{'sink':'" + sink + "'}")))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.pointer()).isEqualTo("/sink");
                    assertThat(problem.detail()).contains("forbidden address");
                    assertThat(problem.remedy()).contains("eventful.delivery.allowed-networks");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "http://2130706433:81/a?b=c, http://127.0.0.1:81/a?b=c",
        "http://0x7f.1/, http://127.0.0.1/",
        "http://127.0.0.1./p, http://127.0.0.1/p",
        "http://[0:0:0:0:0:0:0:1]:9, http://[0:0:0:0:0:0:0:1]:9",
        "http://localhost:9/x, http://localhost:9/x",
        "HTTP://127.0.0.1/%41, http://127.0.0.1/%41"
    })
    void anAllowedAddressInAnOddSpellingIsWrittenPlainly(String sink, String kept) {
        SubscriptionRequests requests =
                new SubscriptionRequests(new SinkGuard(List.of("127.0.0.0/8", "::1")), host -> List.of());
        assertThat(requests.parse(Samples.json("{'sink':'" + sink + "'}")).sink())
                .hasToString(kept);
    }

    @Test
    void aNameThatDoesNotResolveYetIsAccepted() {
        SubscriptionRequests requests = new SubscriptionRequests(new SinkGuard(List.of()), host -> {
            throw new UnknownHostException(host);
        });
        assertThat(requests.parse(Samples.json("{'sink':'https://later.example/'}"))
                        .sink())
                .hasHost("later.example");
    }

    @Test
    void aResolverThatHangsDoesNotHoldTheRequest() {
        CountDownLatch never = new CountDownLatch(1);
        SubscriptionRequests requests = new SubscriptionRequests(new SinkGuard(List.of()), host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        assertThat(requests.parse(Samples.json("{'sink':'https://slow.example/'}"))
                        .sink())
                .hasHost("slow.example");
        never.countDown();
    }

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

    @Test
    void aShownSubscriptionCanBeSentBack() {
        SubscriptionRequest request =
                Samples.request("'types':['a'],'source':'/s','filters':[{'not':{'sql':'EXISTS x'}}],"
                        + "'config':{'channel':'c','labels':{'k':'v'},'start':'earliest'}");
        Subscription subscription = new Subscription("sub_1", request, Status.ACTIVE, List.of(), Samples.TIME, 0, 0);
        ObjectNode shown = SubscriptionDocuments.of(subscription, new Progress.Position(3, 4), NameStyle.LOWER);
        SubscriptionRequest again = Samples.requests().parse(shown);
        assertThat(again.config()).isEqualTo(request.config());
        assertThat(again.filterDocument()).isEqualTo(request.filterDocument());
        assertThat(shown.path("status").asText()).isEqualTo("active");
        assertThat(shown.path("position").asLong()).isEqualTo(3);
        assertThat(shown.path("lag").asLong()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "'x'", "7", "true"})
    void whatIsNoObjectIsRefused(String json) {
        assertThat(problems(json)).hasSize(1);
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
}
