package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are tests, which routes they test, and whose changes are seen. */
class TestFilesTest {

    private static final String TESTS = """
        tests:
          - name: a new customer is told
            when: {method: PUT, path: /customers/1}
            then: {events: []}
        """;

    @TempDir
    Path folder;

    private Path routes;

    @BeforeEach
    void write() throws IOException {
        routes = Files.createDirectory(folder.resolve("routes"));
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    /** The gateway loads routes from both, and tests from neither. */
    @ParameterizedTest
    @CsvSource({"a.yaml, a.test.yaml", "a.yml, a.test.yml", "a.yaml, a.test.yml", "a.yml, a.test.yaml"})
    void bothEndingsOfYamlAreTests(String route, String test) throws IOException {
        file("routes/" + route, "");
        Path tests = file("routes/" + test, TESTS);
        for (Path named : List.of(routes, tests, routes.resolve(route))) {
            TestFiles read = TestFiles.read(List.of(named));
            assertThat(read.problems()).as(named.toString()).isEmpty();
            assertThat(read.files()).singleElement().satisfies(file -> {
                assertThat(file.path()).isEqualTo(tests);
                assertThat(file.routes()).containsExactly(routes.resolve(route));
            });
        }
    }

    @Test
    void aChangeOfATestedFileElsewhereIsSeen() throws Exception {
        Path route = file("routes/a.yml", "");
        Path tests = file("tests/a.test.yaml", "routes: [../routes/a.yml]\n" + TESTS);
        for (Path named : List.of(tests, tests.getParent())) {
            FileWatch watch = new FileWatch(List.of(named));
            watch.also(TestFiles.read(List.of(named)));
            CompletableFuture<Boolean> seen = CompletableFuture.supplyAsync(watch::await);
            FileTime before = Files.getLastModifiedTime(route);
            Files.setLastModifiedTime(route, FileTime.from(before.toInstant().plusSeconds(1)));
            assertThat(seen.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** The folder of a named file may be that of a whole project. */
    @Test
    void ofANamedFileOnlyTheFolderIsWatched() throws Exception {
        file("routes/a.yaml", "");
        Path tests = file("routes/a.test.yaml", TESTS);
        Path below = file("routes/target/b.yaml", "");
        FileWatch watch = new FileWatch(List.of(tests));
        Files.setLastModifiedTime(below, FileTime.from(Instant.EPOCH));
        assertThat(watch.isChanged()).isFalse();
        Path beside = file("routes/b.yml", "");
        assertThat(watch.isChanged()).isTrue();
        assertThat(watch.isChanged()).isFalse();
        Files.delete(beside);
        assertThat(watch.isChanged()).isTrue();
    }
}
