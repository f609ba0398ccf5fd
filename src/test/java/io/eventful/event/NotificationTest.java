package io.eventful.event;

import static io.eventful.event.Renderings.data;
import static io.eventful.event.Renderings.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A notification is short and tells nothing of the item but what a template says. */
class NotificationTest {

    @Test
    void aNotificationTellsNothingOfTheItem() {
        String secret = "{\"id\":42,\"name\":\"s3cret-value\",\"s3cret-name\":1}";
        for (Change change : List.of(
                Changes.of("created", Changes.absent(), Changes.known(secret)),
                Changes.of("deleted", Changes.known(secret), Changes.absent()))) {
            for (String rendering : List.of("notification", "notification-firebase"))
                assertThat(new String(render(rendering, change).data(), StandardCharsets.UTF_8))
                        .doesNotContain("s3cret");
        }
    }

    @Test
    void titleAndTagsComeFromTemplates() {
        Rendering rendering = Rendering.named("notification").orElseThrow();
        Map<String, String> options =
                Map.of("title", "{resource} no. {id}: {action}", "tags", "team=crm,what={type},vip");
        rendering.check(options);
        JsonNode data = Json.parse(rendering
                .render(Changes.all().get("updated"), new RenderContext("http://h", options))
                .data());
        assertThat(data.get("title").asText()).isEqualTo("customer no. 42: updated");
        assertThat(Json.text(data.get("tags")))
                .isEqualTo("{\"team\":\"crm\",\"what\":\"customer.updated\",\"vip\":\"true\"}");
        assertThat(data.get("link").asText()).isEqualTo("http://h/customers/42");
    }

    /** A title that a route has made of the item. */
    @Test
    void aBraceWithoutAPlaceholderHidesNoneBehindIt() {
        Change change = Changes.all().get("updated");
        assertThat(TextTemplate.fill("a{b {id} {c} {{id}} {id", change)).isEqualTo("a{b 42 {c} {42} {id");
        assertThat(TextTemplate.fill("}{ {id}{", change)).isEqualTo("}{ 42{");
    }

    @Test
    void aNotificationStaysSmall() {
        Map<String, String> options = Map.of(
                "title", "é".repeat(5000), "tags", String.join(",", Collections.nCopies(50, "k={id}😀".repeat(99))));
        byte[] data = Rendering.named("notification")
                .orElseThrow()
                .render(Changes.all().get("updated"), new RenderContext("http://h", options))
                .data();
        assertThat(data).hasSizeLessThanOrEqualTo(2048);
        assertThat(Json.parse(data).get("title").asText()).hasSize(200).endsWith("…");
    }

    @Test
    void whatIsJustSmallEnoughIsWhole() {
        Rendering rendering = Rendering.named("notification").orElseThrow();
        Change change = Changes.all().get("updated");
        Map<String, String> options = Map.of("title", "x".repeat(200), "tags", "a=1,b=2,c=3,d=4,e=5,f=6,g=7,h=8,i=9");
        byte[] whole =
                rendering.render(change, new RenderContext("http://h", options)).data();
        JsonNode data = Json.parse(whole);
        assertThat(data.get("title").asText()).isEqualTo("x".repeat(200));
        assertThat(data.get("tags")).as("of tags the first eight").hasSize(8);

        Map<String, String> limited = new HashMap<>(options);
        limited.put("limit", Integer.toString(whole.length));
        assertThat(rendering
                        .render(change, new RenderContext("http://h", limited))
                        .data())
                .isEqualTo(whole);
        limited.put("limit", Integer.toString(whole.length - 1));
        JsonNode less = Json.parse(
                rendering.render(change, new RenderContext("http://h", limited)).data());
        assertThat(less.path("tags")).isEmpty();
        assertThat(less.get("title")).isEqualTo(data.get("title"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{state}", "{after.email}", "{", "{id} {}"})
    void aTemplateCannotReachIntoTheItem(String title) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendering.named("notification").orElseThrow().check(Map.of("title", title)))
                .withMessageContaining("title");
    }

    @Test
    void unknownOptionsAreRefused() {
        for (Rendering rendering : Rendering.ALL.values()) {
            rendering.check(Map.of("dataschema", "https://example.org/s"));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> rendering.check(Map.of("spam", "1")))
                    .withMessageContaining("event:" + rendering.name() + " has no option spam");
        }
        Event event = Rendering.named("state")
                .orElseThrow()
                .render(
                        Changes.all().get("updated"),
                        new RenderContext("http://h", Map.of("dataschema", "https://example.org/s")));
        assertThat(event.dataschema()).isEqualTo("https://example.org/s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b,c,d,e,f,g,h,i | has 9 tags; at most 8",
                "a=1,b=2,a=3 | has the tag \"a\" twice",
                "a=1,a | has the tag \"a\" twice",
                "a=1,={id} | has a tag without a name"
            })
    void aTagThatWouldNotBeThereIsAMistake(String tags, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendering.named("notification").orElseThrow().check(Map.of("tags", tags)))
                .withMessageContaining("option tags " + problem);
        Rendering.named("notification-firebase").orElseThrow().check(Map.of("tags", "a,b,c={id},d,e,f,g, h=2,"));
    }
}
