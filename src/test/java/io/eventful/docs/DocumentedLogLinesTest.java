package io.eventful.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A log line that a document shows is one that the gateway writes, so that who searches the log for it finds it. */
class DocumentedLogLinesTest {

    private static final Pattern SHOWN = Pattern.compile("`([a-z][a-z.-]*) [a-zA-Z]+=[^ `]+ [^`]*`");

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void theCodeWritesThem() throws IOException {
        StringBuilder code = new StringBuilder();
        for (Path source : files(Path.of("src/main/java"), ".java")) code.append(Files.readString(source));
        int shown = 0;
        for (Path document : files(Path.of("docs"), ".md"))
            for (MatchResult line :
                    SHOWN.matcher(Files.readString(document)).results().toList()) {
                assertThat(code).as("%s shows %s", document, line.group()).contains('"' + line.group(1) + ' ');
                shown++;
            }
        assertThat(shown).isPositive();
    }
}
