package io.eventful.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.harness.JsonServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The CloudEvents SDK for JavaScript reads every golden event as what it is, in all content modes. */
class JavaScriptReadsIT {

    private static final String PACKAGE = "cloudevents@10.0.0";

    private static Path reader() throws Exception {
        assumeTrue(JsonServer.available(), "npm is not installed");
        Path installed =
                Files.createDirectories(Path.of("target", "cloudevents-js").toAbsolutePath());
        if (!Files.isDirectory(installed.resolve("node_modules/cloudevents"))) {
            Process npm = new ProcessBuilder(
                            "npm", "install", "--no-audit", "--no-fund", "--prefix", installed.toString(), PACKAGE)
                    .directory(installed.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(npm.waitFor(3, TimeUnit.MINUTES) && npm.exitValue() == 0)
                    .as("npm install")
                    .isTrue();
        }
        return Files.copy(
                Path.of("src/test/resources/event/read.mjs"),
                installed.resolve("read.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void everyEventIsReadAsWhatItIs() throws Exception {
        List<Event> events = new ArrayList<>();
        for (Rendering rendering : Rendering.ALL.values())
            for (Change change : Changes.all().values())
                events.add(rendering
                        .render(change, new RenderContext("https://api.example.org"))
                        .onChannel("customers"));
        Path script = reader();
        Process node = new ProcessBuilder("node", script.toString())
                .directory(script.getParent().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var input = node.getOutputStream()) {
            for (Event event : events) {
                input.write(EventJson.write(event));
                input.write('\n');
            }
        }
        List<String> lines = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(node.waitFor(1, TimeUnit.MINUTES) && node.exitValue() == 0).isTrue();
        assertThat(lines).hasSameSizeAs(events);
        ObjectMapper mapper = new ObjectMapper();
        for (int i = 0; i < events.size(); i++) {
            Event event = events.get(i);
            JsonNode read = mapper.readTree(lines.get(i));
            JsonNode sent = mapper.readTree(EventJson.write(event));
            assertThat(Instant.parse(read.path("time").asText())).isEqualTo(event.time());
            sent.properties().forEach(member -> {
                if (!member.getKey().equals("time"))
                    assertThat(read.get(member.getKey())).as(member.getKey()).isEqualTo(member.getValue());
            });
        }
    }
}
