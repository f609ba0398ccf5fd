package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The variants beside messages that people know them from, member by member: names, order, kinds and, where the
 * message could be ours, values. Meant to differ: a topic instead of one device's token, the version that EventBridge
 * really sends, and the changed members instead of the whole item.
 */
class FamiliarMessagesTest {

    private static final String CUSTOMER = """
        {"id":"CjYGiSipOE","created_at":"2019-12-20T11:27:52-05:00","givenName":"Ada","familyName":"King",\
        "email":"ada@example.org","streetAddress1":"1 Way","city":"London","stateProvince":"LDN",\
        "postalCode":"N1","countryCode":"GB"}\
        """;

    private static JsonNode data(String rendering, Change change, Map<String, String> options) {
        return Json.parse(Rendering.named(rendering)
                .orElseThrow()
                .render(change, new RenderContext("https://api.example.org", options))
                .data());
    }

    private static Change created() {
        return Changes.of("created", Changes.absent(), Changes.known(CUSTOMER));
    }

    private static Change moved() {
        String after = CUSTOMER.replace("King", "Byron").replace("London", "Paris");
        return Changes.of("updated", Changes.known(CUSTOMER), Changes.known(after));
    }

    private static List<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    @Test
    void membersOfWhatIsOfAnotherKindNowAreToldAsGone() {
        Change change = Changes.of(
                "updated",
                Changes.known("{\"id\":1,\"at\":{\"x\":{\"y\":1},\"z\":2}}"),
                Changes.known("{\"id\":1,\"at\":[7]}"));
        JsonNode ours = data("change-object", change, Map.of());
        assertThat(ours.path("/at/0").asInt()).isEqualTo(7);
        assertThat(ours.path("removed")).extracting(JsonNode::asText).containsExactly("/at/x", "/at/z");
        assertThat(ours.get("/at/x").isNull()).isTrue();
    }

    @Test
    void whatASimpleValueTookThePlaceOfIsGoneWithAllThatItHeld() {
        Change change = Changes.of(
                "updated", Changes.known("{\"id\":1,\"at\":{\"x\":{\"y\":1}}}"), Changes.known("{\"id\":1,\"at\":7}"));
        JsonNode ours = data("change-object", change, Map.of());
        assertThat(ours.path("at").asInt()).isEqualTo(7);
        assertThat(ours.has("/at/x")).isFalse();
        assertThat(ours.has("removed")).isFalse();
    }

    @Test
    void aNotificationIsAFirebaseMessage() {
        JsonNode known = Json.parse("""
            {"message":{"token":"bk3R","notification":{"title":"Portugal vs. Denmark","body":"great match!"},\
            "data":{"Nick":"Mario","Room":"PortugalVSDenmark"}}}\
            """);
        JsonNode ours = data(
                "notification-firebase",
                created(),
                Map.of(
                        "title",
                        "Portugal vs. Denmark",
                        "body",
                        "great match!",
                        "tags",
                        "Nick=Mario,Room=PortugalVSDenmark"));
        assertThat(names(ours)).isEqualTo(names(known));
        JsonNode message = ours.path("message");
        assertThat(names(message)).containsExactly("topic", "notification", "data");
        assertThat(message.path("topic").isTextual()).isTrue();
        assertThat(message.path("notification")).isEqualTo(known.at("/message/notification"));
        // Firebase takes any names here, and texts only: the tags are the known ones, and where to find the item
        // follows.
        known.at("/message/data")
                .properties()
                .forEach(tag ->
                        assertThat(message.path("data").path(tag.getKey())).isEqualTo(tag.getValue()));
        assertThat(names(message.path("data"))).containsExactly("Nick", "Room", "name", "link", "time");
        assertThat(message.path("data")).allMatch(JsonNode::isTextual);
    }

    @Test
    void aStateIsAnEventBridgeEvent() {
        JsonNode ours = data("state-eventbridge", created(), Map.of("account", "123456789012", "region", "us-east-1"));
        assertThat(ours.path("version").asText()).isEqualTo("0");
        ((ObjectNode) ours).remove("version");
        assertThat(names(ours))
                .containsExactly("id", "detail-type", "source", "account", "time", "region", "resources", "detail");
        assertThat(ours.path("id").asText()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(ours.path("detail-type").asText()).isEqualTo("customer.created");
        assertThat(ours.path("source").isTextual()).isTrue();
        assertThat(ours.path("account").asText()).isEqualTo("123456789012");
        assertThat(ours.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(ours.path("region").asText()).isEqualTo("us-east-1");
        assertThat(ours.path("resources").isArray()).isTrue();
        assertThat(ours.at("/detail/state")).isEqualTo(Json.parse(CUSTOMER));
    }

    @Test
    void aCreatedObjectIsTheWholeFlatMessage() {
        JsonNode ours = data("change-object", created(), Map.of());
        assertThat(names(ours))
                .containsExactly(
                        "id",
                        "created_at",
                        "updated_at",
                        "givenName",
                        "familyName",
                        "email",
                        "streetAddress1",
                        "city",
                        "stateProvince",
                        "postalCode",
                        "countryCode");
        Json.parse(CUSTOMER)
                .properties()
                .forEach(member -> assertThat(ours.path(member.getKey())).isEqualTo(member.getValue()));
        assertThat(ours.path("updated_at").asText()).isEqualTo(created().time().toString());
    }

    @Test
    void anUpdatedObjectHasWhatChangedAlone() {
        assertThat(Json.text(data("change-object", moved(), Map.of()))).isEqualTo("""
            {"id":"CjYGiSipOE","created_at":"2019-12-20T11:27:52-05:00","updated_at":"2026-01-02T03:04:05.678Z",\
            "familyName":"Byron","city":"Paris"}\
            """);
    }

    @Test
    void theGenericMessageHasTheSameUnderNamesThatFitEveryItem() {
        JsonNode object = data("change-object", moved(), Map.of());
        JsonNode generic = data("change-generic", moved(), Map.of());
        for (String own : List.of("id", "created_at", "updated_at"))
            assertThat(generic.path(own)).isEqualTo(object.path(own));
        assertThat(generic.path("resource").asText()).isEqualTo("customer");
        assertThat(generic.path("action").asText()).isEqualTo("updated");
        assertThat(generic.path("data")).hasSize(2).allSatisfy(entry -> {
            assertThat(entry.path("value"))
                    .isEqualTo(object.path(entry.path("name").asText()));
            assertThat(entry.path("previous"))
                    .isEqualTo(Json.parse(CUSTOMER).path(entry.path("name").asText()));
        });
    }
}
