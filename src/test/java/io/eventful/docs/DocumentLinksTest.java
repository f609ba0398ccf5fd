package io.eventful.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every link of the documents to a file of this repository, and to a heading in it, leads somewhere. */
class DocumentLinksTest {

    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#:]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    private static String prose(Path document) throws IOException {
        return FENCED.matcher(Files.readString(document)).replaceAll("");
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> top = Files.list(Path.of(""))) {
            return Stream.concat(docs, top)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    /** As code hosts make it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                .replace(' ', '-');
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<String> dead = new ArrayList<>();
        List<MatchResult> links = new ArrayList<>();
        for (Path document : documents()) {
            for (MatchResult link : LINK.matcher(prose(document)).results().toList()) {
                links.add(link);
                Path target = link.group(1).isEmpty()
                        ? document
                        : Path.of("")
                                .resolve(document)
                                .resolveSibling(link.group(1))
                                .normalize();
                if (!Files.exists(target)) dead.add(document + ": " + link.group(1));
                else if (link.group(2) != null
                        && HEADING.matcher(prose(target))
                                .results()
                                .noneMatch(each -> anchor(each.group(1)).equals(link.group(2))))
                    dead.add(document + ": " + link.group(1) + "#" + link.group(2));
            }
        }
        assertThat(dead).isEmpty();
        assertThat(links).hasSizeGreaterThan(60);
    }
}
