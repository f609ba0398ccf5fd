package io.eventful.event;

import static io.eventful.event.Renderings.data;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who stores the state of each event must not keep an item that is gone: only a delete tells the last known state. */
class GoneItemsTest {

    private static final RenderContext CLAIMS =
            new RenderContext("http://h", Map.of(), position -> "http://h/.eventful/states/" + position);

    private static Change gone(String action) {
        return Changes.of(action, Changes.known(Changes.BEFORE), Changes.absent());
    }

    private static void keepsToItsSchema(String rendering, JsonNode data) {
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Rendering.named(rendering).orElseThrow().schema())
                        .validate(data))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"drifted", "reversed", "cancel", "updated"})
    void thereIsNoStateOfAnItemThatIsGoneOtherwise(String action) {
        JsonNode state = data("state", gone(action));
        assertThat(Json.text(state))
                .isEqualTo("{\"action\":\"" + action
                        + "\",\"state\":null,\"complete\":true,\"link\":\"http://localhost:8080/customers/42\"}");
        keepsToItsSchema("state", state);
        JsonNode bridge = data("state-eventbridge", gone(action));
        assertThat(bridge.get("detail")).isEqualTo(state);
        keepsToItsSchema("state-eventbridge", bridge);
    }

    @Test
    void whatNobodyKnowsForSureIsNotComplete() {
        JsonNode state = data("state", Changes.unknown(Changes.with(gone("cancel"), null, "timeout")));
        assertThat(state.get("state").isNull()).isTrue();
        assertThat(state.get("complete").asBoolean()).isFalse();
        assertThat(state.get("reason").asText()).isEqualTo("timeout");
        keepsToItsSchema("state", state);
    }

    @Test
    void aDeleteTellsTheLastKnownState() {
        JsonNode state = data("state", gone("deleted"));
        assertThat(state.get("state")).isEqualTo(Json.parse(Changes.BEFORE));
        assertThat(state.get("complete").asBoolean()).isTrue();
        assertThat(state.has("digest")).isTrue();
    }

    /** The patches hold the item that was there; that there is none is short. */
    @Test
    void onlyItsChangeMayBeTooLarge() {
        for (Rendering rendering : Rendering.ALL.values())
            assertThat(rendering.render(gone("drifted"), CLAIMS).claimCheck().isPresent())
                    .as(rendering.name())
                    .isEqualTo(rendering.pattern().equals("change"));
    }
}
