package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

/** A page shows a value as it is stored, in its order. */
class ConsoleTextTest {

    @Test
    void whatHidesOrReversesAValueIsShownEscaped() {
        JsonNode value = JsonNodeFactory.instance.objectNode().put("amount", "\u202e0001 RUE\u009b");
        assertThat(ConsoleText.value(value)).isEqualTo("{\"amount\":\"\\u202e0001 RUE\\u009b\"}");
        assertThat(ConsoleText.json(value)).contains("\"\\u202e0001 RUE\\u009b\"");
    }

    @Test
    void aLongValueIsNotCutInAnEscape() {
        String shown = ConsoleText.value(JsonNodeFactory.instance.textNode("\u202e".repeat(400)));
        assertThat(shown).endsWith("\\u202e…");
    }
}
