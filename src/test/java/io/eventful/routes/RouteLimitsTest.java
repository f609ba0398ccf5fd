package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of route files: of three files, of 1 KB each, of which two problems are listed. */
class RouteLimitsTest {

    private static final RoutesLimits LIMITS = new RoutesLimits(
            3, 1024, 2, Bench.LIMITS.debounce(), Bench.LIMITS.poll(), Bench.LIMITS.drain(), Bench.LIMITS.restBody());

    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createDirectory(temporary.resolve("routes"));
    }

    private RoutesSettings settings() {
        return new RoutesSettings(folder.toString(), true, LIMITS);
    }

    private RouteFolder.Content read() {
        return new RouteFolder(settings()).read();
    }

    private List<String> rules() {
        return read().problems().stream().map(RouteProblem::rule).toList();
    }

    private void write(String name) throws IOException {
        Files.writeString(folder.resolve(name), "- beans: []\n");
    }

    private List<RouteProblem> lint(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), text);
        try (RouteLint lint = new RouteLint(settings(), new HashMap<>())) {
            return lint.lint(List.of(file)).problems();
        }
    }

    private static String nameless(String step) {
        return "- from: {uri: \"timer:x\", steps: [{" + step + "}]}\n";
    }

    @Test
    void soManyFilesAreReadAndNoneWhenThereAreMore() throws IOException {
        for (String name : List.of("a.yaml", "b.yml", "c.yaml")) write(name);
        // None of these is a route file.
        for (String name : List.of("a.test.yaml", "b.test.yml", ".c.yaml", "d.txt")) write(name);
        Files.createDirectory(folder.resolve("e.yaml"));
        assertThat(read().files()).extracting(RouteFile::base).containsExactly("a", "b", "c");
        assertThat(rules()).isEmpty();
        write("d.yaml");
        assertThat(read().files()).isEmpty();
        assertThat(rules()).containsExactly("too-many-files");
    }

    @Test
    void aFileIsSoLarge() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "#".repeat(1024));
        assertThat(rules()).isEmpty();
        Files.writeString(folder.resolve("a.yaml"), "#".repeat(1025));
        assertThat(rules()).containsExactly("file-too-large");
    }

    @Test
    void aFolderThatIsNotThereIsAnError() throws IOException {
        Files.delete(folder);
        assertThat(rules()).containsExactly("folder-missing");
        assertThat(read().problems()).allMatch(RouteProblem::isError);
    }

    @Test
    void aFileInPlaceOfTheFolderIsToldToBeOne() throws IOException {
        Files.delete(folder);
        Files.writeString(folder, "x");
        assertThat(read().problems()).extracting(RouteProblem::message).containsExactly("this is a file, not a folder");
    }

    @Test
    void aLinkThatLeadsNowhereIsAnError() throws IOException {
        Files.createSymbolicLink(folder.resolve("a.yaml"), folder.resolve("away"));
        assertThat(rules()).containsExactly("file-unreadable");
    }

    @Test
    void ofManyErrorsTheFirstAreListedAndTheRestIsCounted() throws IOException {
        List<RouteProblem> problems =
                lint(nameless("tto: {uri: \"mock:x\"}") + nameless("too: {}") + nameless("filtr: {}"));
        assertThat(problems).hasSize(3).allMatch(RouteProblem::isError);
        assertThat(problems)
                .filteredOn(problem -> problem.rule().equals("too-many-problems"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("more problems are not listed"));
    }

    @Test
    void manyWarningsAreNoError() throws IOException {
        List<RouteProblem> problems = lint(nameless("log: {message: x}").repeat(4));
        assertThat(problems).hasSize(3).noneMatch(RouteProblem::isError);
        assertThat(problems).extracting(RouteProblem::rule).contains("too-many-problems");
    }
}
