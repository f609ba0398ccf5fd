package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Runs the text of a test file beside the routes of the customers. */
abstract class TestFileFixture {

    @TempDir
    static Path folder;

    private static RouteTester tester;

    @BeforeAll
    static void start() throws IOException {
        tester = new RouteTester();
        Files.copy(Path.of("src/test/resources/routetest/customers.yaml"), folder.resolve("customers.yaml"));
    }

    @AfterAll
    static void stop() {
        tester.close();
    }

    /** Runs the first test of a file without problems. */
    static CaseResult run(String text) {
        TestFiles files = read(text);
        assertThat(files.problems()).isEmpty();
        return tester.run(files.tests().getFirst());
    }

    /** Runs all tests of a file without problems, as many at a time as there are processors. */
    static List<CaseResult> runAll(String text) throws InterruptedException {
        TestFiles files = read(text);
        assertThat(files.problems()).isEmpty();
        List<CaseResult> results = new ArrayList<>();
        tester.run(files.tests(), results::add);
        return results;
    }

    static TestFiles read(String text) {
        Path file = folder.resolve("a.test.yaml");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestFiles.read(List.of(file));
    }
}
