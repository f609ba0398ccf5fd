package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A subscription that no running route can serve is made all the same, and its maker is told. */
class SubscriptionWarningsTest {

    private static final String SINK = "\"sink\":\"https://example.com/hook\",\"protocol\":\"HTTP\"";

    @RegisterExtension
    static final AdminRig rig = new AdminRig("""
        - route:
            id: customers
            from:
              uri: capture:/customers/{id}
              parameters: {resource: customer}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:customers"}
        - route:
            id: customers-subscribers
            from:
              uri: channel:customers
              steps:
                - to: {uri: "subscribers:customers"}
        - route:
            id: github
            from:
              uri: webhook-in:/hooks/github
              parameters: {provider: github, secret: "abc"}
              steps:
                - transformDataType: {toType: "event:state"}
                - to: {uri: "channel:hooks"}
        - route:
            id: hooks-subscribers
            from:
              uri: channel:hooks
              steps:
                - to: {uri: "subscribers:hooks"}
        """);

    private static JsonNode made(String more) {
        return rig.gateway.admin("POST", "/api/subscriptions", '{' + SINK + ',' + more + '}');
    }

    private static String warning(String more) {
        JsonNode made = made(more);
        assertThat(made.path("id").asText()).as(made.toString()).startsWith("sub_");
        return made.path("warnings").path(0).asText();
    }

    @Test
    void aChannelThatNoRouteSendsToSubscribersIsTold() {
        assertThat(warning("\"config\":{\"channel\":\"custmers\"}"))
                .contains("subscribers:custmers")
                .endsWith("did you mean \"customers\"?");
        assertThat(warning("\"config\":{\"channel\":\"invoices\"}")).contains("customers, hooks");
    }

    @Test
    void aFunctionThatDoesNotExistIsTold() {
        assertThat(warning("\"filters\":[{\"any\":[{\"sql\":\"lenght(subject) > 0\"}]}]"))
                .startsWith("There is no function LENGHT with 1 argument in sql")
                .contains("LENGTH");
        assertThat(warning("\"filters\":[{\"not\":{\"sql\":\"NOT (UPPER(LENGTH()) = 'A')\"}}]"))
                .startsWith("There is no function LENGTH with 0 arguments");
        assertThat(warning("\"filters\":[{\"sql\":\"LENGTH(UPPER(subject)) > 0 AND CONCAT('a', 'b', id) <> ''\"}]"))
                .isEmpty();
    }

    @Test
    void aTypeThatNoRouteMakesIsTold() {
        assertThat(warning("\"types\":[\"customer.create\"]"))
                .contains("customer.create ", "did you mean \"customer.created\"?");
        assertThat(warning("\"types\":[\"customer.created\"],\"config\":{\"channel\":\"hooks\"}"))
                .contains("github.*");
    }

    @ParameterizedTest
    @CsvSource({
        "customer.created,customer.created,true",
        "customer.created,customer.create,false",
        "customer.created,*,true",
        "customer.created,*.created,true",
        "customer.created,customer.*,true",
        "customer.created,c*r.*d,true",
        "customer.created,*created.*,false",
        "customer.created,*.deleted,false",
        "a.b.a,a*a,true",
        "a,a*a,false",
        "aXb,a.b,false",
        "a.b.c.b,*.b,true"
    })
    void aStarOfARoutesTypeStandsForAnyText(String type, String told, boolean like) {
        assertThat(SubscriptionWarnings.isLike(type, told)).isEqualTo(like);
    }

    /** Each star would be tried at each character. */
    @Test
    @Timeout(value = 2, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aLongTypeIsComparedOnce() {
        assertThat(SubscriptionWarnings.isLike(".".repeat(500), "*.*.*.*x")).isFalse();
    }

    @Test
    void whatARouteServesIsNoMatter() {
        for (String sound : new String[] {
            "\"types\":[]",
            "\"types\":[\"customer.created\",\"github.issues\"]",
            "\"config\":{\"channel\":\"customers\"}",
            "\"config\":{\"channel\":\"eventful.operations\"}"
        }) assertThat(made(sound).has("warnings")).as(sound).isFalse();
    }

    @Test
    void aReplyWithWarningsCanBeSentBack() {
        ObjectNode made = (ObjectNode) made("\"config\":{\"channel\":\"custmers\"}");
        ((ObjectNode) made.path("config")).put("channel", "customers");
        JsonNode changed =
                rig.gateway.admin("PUT", "/api/subscriptions/" + made.path("id").asText(), made.toString());
        assertThat(changed.at("/config/channel").asText()).isEqualTo("customers");
        assertThat(changed.has("warnings")).isFalse();
    }
}
