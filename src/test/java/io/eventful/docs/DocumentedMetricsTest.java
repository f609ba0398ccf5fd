package io.eventful.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every metric of the gateway's own is in the documents, and the documents name none that there is not. */
class DocumentedMetricsTest {

    private static final Pattern MADE = Pattern.compile("(?:builder|counter)\\(\\s*\"(eventful\\.[a-z.]+)\"");
    private static final Pattern TOLD = Pattern.compile("`(eventful_[a-z_]+?)(?:_seconds|_bytes|_total)?(?:\\{.*?})?`");
    /** Headers of a dead letter. */
    private static final Set<String> NO_METRICS =
            Set.of("eventful_reason", "eventful_attempts", "eventful_channel", "eventful_consumer");

    private static String all(Path folder, String ending) throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(ending)).toList())
                text.append(Files.readString(file));
        }
        return text.toString();
    }

    private static Set<String> found(Pattern pattern, String text) {
        Set<String> found = new TreeSet<>();
        pattern.matcher(text)
                .results()
                .forEach(result -> found.add(result.group(1).replace('.', '_')));
        return found;
    }

    @Test
    void theDocumentsHaveTheMetricsOfTheCode() throws IOException {
        Set<String> told = found(TOLD, all(Path.of("docs"), ".md"));
        told.removeAll(NO_METRICS);
        assertThat(told).isEqualTo(found(MADE, all(Path.of("src/main/java"), ".java")));
    }
}
