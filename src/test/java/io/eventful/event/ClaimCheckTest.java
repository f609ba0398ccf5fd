package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An event that is too large says where its state is. */
class ClaimCheckTest {

    private static final String LINK = "http://h/.eventful/states/17?sig=x";
    private static final String LONG = "x".repeat(5_000);

    private static RenderContext context(String limit) {
        return new RenderContext(
                "http://h", Map.of("limit", limit), position -> "http://h/.eventful/states/" + position + "?sig=x");
    }

    private static Change large() {
        return Changes.of(
                "updated",
                Changes.known("{\"id\":42,\"text\":\"short\"}"),
                Changes.known("{\"id\":42,\"text\":\"" + LONG + "\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "state-eventbridge", "change", "change-object", "change-generic"})
    void whatIsOverTheLimitIsALinkThatKeepsToTheSchema(String name) {
        Rendering rendering = Rendering.named(name).orElseThrow();
        Event event = rendering.render(large(), context("1KB"));
        assertThat(event.data()).hasSizeLessThan(1_024);
        assertThat(new String(event.data(), StandardCharsets.UTF_8))
                .contains(LINK)
                .doesNotContain("xxx");
        assertThat(event.extensions()).containsEntry("reason", "claim-check").containsEntry("revision", "3");
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(rendering.schema())
                        .validate(Json.parse(event.data())))
                .isEmpty();
        Event whole = rendering.render(large(), context("1MB"));
        assertThat(event.onChannel("c").id()).isEqualTo(whole.onChannel("c").id());
        assertThat(whole.claimCheck()).contains(event);
    }

    @Test
    void theStateOfAClaimCheckIsIncompleteAndHasTheDigestOfTheWhole() {
        Change change = large();
        JsonNode data = Json.parse(Rendering.named("state")
                .orElseThrow()
                .render(change, context("256"))
                .data());
        assertThat(data.get("state").isNull()).isTrue();
        assertThat(data.get("complete").asBoolean()).isFalse();
        assertThat(data.get("reason").asText()).isEqualTo("claim-check");
        assertThat(data.get("link").asText()).isEqualTo(LINK);
        assertThat(data.get("digest").asText()).isEqualTo(change.afterDigest());
    }

    @Test
    void aReasonThatTheChangeHasStays() {
        Event event =
                Rendering.named("state").orElseThrow().render(Changes.all().get("redacted"), context("1MB"));
        assertThat(event.claimCheck().orElseThrow().extensions()).containsEntry("reason", "redacted");
    }

    @Test
    void whatARouteHasChangedIsNeverReplacedByWhatItTookOut() {
        Event event = Rendering.named("state").orElseThrow().render(large(), context("1MB"));
        assertThat(event.withType("other").withSubject("/x").claimCheck()).isPresent();
        assertThat(event.withData("{}".getBytes(StandardCharsets.UTF_8)).claimCheck())
                .isEmpty();
    }

    @Test
    void thereIsNoLinkToAStateThatNobodyHas() {
        for (String kind : new String[] {"unknown", "too-large", "not-json"})
            for (Rendering rendering : Rendering.ALL.values())
                assertThat(rendering
                                .render(Changes.all().get(kind), context("1MB"))
                                .claimCheck())
                        .isEmpty();
        assertThat(Rendering.named("notification")
                        .orElseThrow()
                        .render(large(), context("1MB"))
                        .claimCheck())
                .isEmpty();
        assertThat(Rendering.named("state")
                        .orElseThrow()
                        .render(Changes.all().get("deleted"), context("1MB"))
                        .claimCheck())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "12", "1GB", "-1KB", "many", "9999999999"})
    void aLimitIsASize(String limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rendering.named("state").orElseThrow().check(Map.of("limit", limit)))
                .withMessageContaining("limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "customer.json", "/schemas/{resource}.json", "https://example.org/a b"})
    void aSchemaIsAnAbsoluteUri(String schema) {
        Rendering state = Rendering.named("state").orElseThrow();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> state.check(Map.of("dataschema", schema)))
                .withMessageContaining("it must be an absolute URI");
        state.check(Map.of("dataschema", "https://example.org/customer.json"));
    }

    @Test
    void aNotificationGetsShorterUntilItFits() {
        RenderContext context = new RenderContext("http://h", Map.of("limit", "256", "title", LONG, "tags", "a={id}"));
        byte[] data = Rendering.named("notification")
                .orElseThrow()
                .render(Changes.all().get("updated"), context)
                .data();
        assertThat(data).hasSizeLessThanOrEqualTo(256);
        assertThat(Json.parse(data).get("title").asText()).isEqualTo("customer.updated");
        assertThat(Json.parse(data).get("tags")).isEmpty();
    }
}
