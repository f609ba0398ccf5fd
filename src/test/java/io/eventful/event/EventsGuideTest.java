package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The examples of the guide are the golden files, and none of the renderings is without one. */
class EventsGuideTest {

    private static final Pattern EXAMPLE =
            Pattern.compile("<!-- golden: ([a-z-]+)/([a-z-]+)( data)? -->\n```json\n(.*?)\n```", Pattern.DOTALL);

    @Test
    void everyExampleIsWhatTheGatewayMakes() throws IOException {
        String guide = Files.readString(Path.of("docs/events.md"));
        Set<String> shown = new HashSet<>();
        Matcher example = EXAMPLE.matcher(guide);
        while (example.find()) {
            Path file = Path.of("src/test/resources/golden", example.group(1), example.group(2) + ".json");
            var golden = Json.parse(Files.readAllBytes(file));
            var expected = example.group(3) == null ? golden : golden.get("data");
            assertThat(Json.text(Json.parse(example.group(4))))
                    .as("%s in docs/events.md", file)
                    .isEqualTo(Json.text(expected));
            shown.add(example.group(1));
        }
        assertThat(shown).isEqualTo(Rendering.ALL.keySet());
        for (String option : new String[] {"`title`", "`tags`", "`limit`", "split=true", "`account`", "`topic`"})
            assertThat(guide).contains(option);
    }
}
