package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/route-tests.md run as they stand there, and it names every key of the format. */
class RouteTestsDocsTest {

    private static final Path DOCS = Path.of("docs/route-tests.md");
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void everyExamplePasses() throws IOException {
        List<Path> tests = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(DOCS));
        while (block.find()) {
            boolean test = block.group(1).startsWith("routes:");
            Path file = folder.resolve(test ? tests.size() + ".test.yaml" : "customers.yaml");
            Files.writeString(file, block.group(1));
            if (test) tests.add(file);
        }
        assertThat(tests).hasSize(3);
        try (RouteTester tester = new RouteTester()) {
            TestFiles files = TestFiles.read(tests);
            assertThat(files.problems()).isEmpty();
            for (TestCase test : files.tests()) {
                CaseResult result = tester.run(test);
                assertThat(result.passed()).as(ConsoleReport.text(result)).isTrue();
            }
        }
    }

    @Test
    void everyKeyIsNamed() throws IOException {
        String text = Files.readString(DOCS);
        Shape.Known file = (Shape.Known) Format.FILE;
        Shape.Distinct tests = (Shape.Distinct) ((Shape.Filled) file.members().get("tests")).shape();
        Shape.Known test = (Shape.Known) ((Shape.Provided) tests.element()).shape();
        Shape then = ((Shape.Filled) test.members().get("then")).shape();
        for (Shape part : List.of(test.members().get("given"), then))
            for (String key : ((Shape.Known) part).members().keySet())
                assertThat(text).contains("`" + key + (key.equals("exactly") ? ": true`" : ""));
    }
}
