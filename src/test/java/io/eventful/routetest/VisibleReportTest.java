package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** What a reply contains can be read in the file of a recorded test, and does not control the terminal that shows it. */
class VisibleReportTest {

    private static final String HOSTILE = "\u009b2J\u007f \u202e abc";
    private static final JsonNode REPLY = JsonNodeFactory.instance.objectNode().put("n" + HOSTILE, HOSTILE);

    @Test
    void aRecordedTestIsYaml() {
        StringBuilder text = new StringBuilder();
        YamlText.write(REPLY, text);
        assertThat(text.toString()).isEqualTo("\"n\\u009b2J\\u007f \\u202e abc\": \"\\u009b2J\\u007f \\u202e abc\"\n");
        assertThat(new Yaml().<Object>load(text.toString())).hasToString("{n" + HOSTILE + "=" + HOSTILE + "}");
    }

    @Test
    void aDifferenceIsShownAsText() {
        assertThat(String.join("\n", JsonLines.of(REPLY))).doesNotContain("\u009b", "\u202e", "\u007f");
    }
}
