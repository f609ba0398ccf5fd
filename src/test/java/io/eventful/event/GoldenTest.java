package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every rendering of every kind of change, compared with a file to the character. A changed rendering fails here; with
 * {@code -Dgolden.write=true} the files are written anew, and the test still fails, so that somebody reads them.
 */
class GoldenTest {

    private static final Path FILES = Path.of("src/test/resources/golden");
    private static final RenderContext CONTEXT = new RenderContext("https://api.example.org/");

    static Stream<Arguments> renderings() {
        return Rendering.ALL.keySet().stream()
                .sorted()
                .flatMap(rendering -> Changes.all().keySet().stream().map(change -> Arguments.of(rendering, change)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("renderings")
    void isWhatItWas(String rendering, String change) throws IOException {
        Event event = Rendering.named(rendering)
                .orElseThrow()
                .render(Changes.all().get(change), CONTEXT)
                .onChannel("customers");
        assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
        String text = pretty(event);
        Path file = FILES.resolve(rendering).resolve(change + ".json");
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(file.getParent());
            boolean same = Files.exists(file) && Files.readString(file).equals(text);
            Files.writeString(file, text);
            assertThat(same).as("written anew, read it: " + file).isTrue();
        }
        assertThat(file).exists();
        assertThat(text).isEqualTo(Files.readString(file));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("renderings")
    void keepsToItsSchema(String rendering, String change) {
        Rendering form = Rendering.named(rendering).orElseThrow();
        Event event = form.render(Changes.all().get(change), CONTEXT);
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(form.schema());
        assertThat(schema.validate(
                        Json.parse(event.data()),
                        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .isEmpty();
        assertThat(schema.validate(Json.parse("{\"spam\":{\"a\":1}}"))).isNotEmpty();
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("renderings")
    void isReadByTheSdk(String rendering, String change) {
        Event event =
                Rendering.named(rendering).orElseThrow().render(Changes.all().get(change), CONTEXT);
        CloudEvent read = new JsonFormat().deserialize(EventJson.write(event));
        assertThat(read.getId()).isEqualTo(event.id()).doesNotContain(".");
        assertThat(read.getSubject()).isEqualTo(event.subject());
        assertThat(read.getType()).isEqualTo(event.type());
        assertThat(read.getExtensionNames()).isEqualTo(event.extensions().keySet());
    }

    @Test
    void thereIsNoFileWithoutARendering() throws IOException {
        Set<String> expected = renderings()
                .map(pair -> pair.get()[0] + "/" + pair.get()[1] + ".json")
                .collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.walk(FILES)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> FILES.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void everyEventHasItsOwnId() {
        Map<String, Long> ids = renderings()
                .map(pair -> Rendering.named((String) pair.get()[0])
                        .orElseThrow()
                        .render(Changes.all().get("updated"), CONTEXT)
                        .onChannel("c")
                        .id())
                .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
        assertThat(ids).hasSize(Rendering.ALL.size());
    }

    private static String pretty(Event event) throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer =
                new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines);
        return new ObjectMapper().writer(printer).writeValueAsString(EventJson.tree(event)) + "\n";
    }
}
