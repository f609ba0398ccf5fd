package io.eventful.subscription;

import static io.eventful.subscription.Problems.problems;
import static io.eventful.subscription.Problems.problemsWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.SubscriptionConfig.ContentMode;
import io.eventful.subscription.SubscriptionConfig.Ordering;
import io.eventful.subscription.SubscriptionConfig.Start;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionRequestsTest {

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
    void onePatternCanBeAskedFor() {
        SubscriptionRequest request = Samples.request("'config':{'pattern':'notification'}");
        assertThat(request.wants("c", Samples.event("t").withExtension("pattern", "notification")))
                .isTrue();
        assertThat(request.wants("c", Samples.event("t").withExtension("pattern", "state")))
                .isFalse();
        assertThat(request.wants("c", Samples.event("t").withExtension("pattern", null)))
                .isFalse();
        assertThat(SubscriptionDocuments.request(request, request.style())
                        .at("/config/pattern")
                        .asText())
                .isEqualTo("notification");
        assertThat(problems("'config':{'pattern':'state-eventbridge'}")).isNotEmpty();
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
        List<RequestProblem> problems = problems(
                "{'sink':'ftp://x','protocol':'http','typs':[],'types':['a*',7],'filters':[{'exact':{'Type':'x'}},{'sql':'type"
                        + " ='}],'protocolsettings':{'headers':{'webhook-id':'1'}},"
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
    void aLabelThatNoQueryFindsIsRefusedAndAStoredOneStays() {
        assertThat(Problems.problemsWith("'config':{'labels':{'a=b':'x','c':'d=e'}}"))
                .extracting(RequestProblem::pointer)
                .containsExactly("/config/labels/a=b");
        SubscriptionRequest stored = Samples.requests()
                .stored(Samples.json("{'sink':'https://example.com/','config':{'labels':{'a=b':'x'}}}"));
        assertThat(stored.config().labels()).containsKey("a=b");
    }
}
