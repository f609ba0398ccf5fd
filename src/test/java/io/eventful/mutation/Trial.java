package io.eventful.mutation;

import io.eventful.routes.LintReport;
import io.eventful.routes.RouteLint;
import io.eventful.routes.RouteProblem;
import io.eventful.routes.RoutesSettings;
import io.eventful.routetest.CaseResult;
import io.eventful.routetest.Failure;
import io.eventful.routetest.RouteTester;
import io.eventful.routetest.TestCase;
import io.eventful.routetest.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Whether a mutation is caught: by lint, or, when lint has nothing to say, by the tests of the file. */
final class Trial implements AutoCloseable {

    private final Path folder;
    private final RouteTester tester = new RouteTester();
    private final Map<Path, RouteLint> lints = new HashMap<>();
    private final Map<Path, Set<String>> known = new HashMap<>();
    private int number;

    /** @param folder for mutated files */
    Trial(Path folder) {
        this.folder = folder;
    }

    /** What became of a mutation. */
    sealed interface Outcome {}

    record ByLint(RouteProblem problem) implements Outcome {}

    /** Lint has found something, but not where the slip is. */
    record Misplaced(List<RouteProblem> problems) implements Outcome {}

    record ByTest(Failure failure) implements Outcome {}

    record Survived() implements Outcome {}

    Outcome of(Mutation mutation) {
        List<RouteProblem> problems = problems(mutation.file(), mutation.text()).stream()
                .filter(problem -> !known(mutation.file()).contains(key(problem)))
                .toList();
        if (problems.isEmpty()) return tested(mutation);
        return problems.stream()
                .filter(problem -> mutation.lines().contains(problem.line()))
                .findFirst()
                .<Outcome>map(ByLint::new)
                .orElseGet(() -> new Misplaced(problems));
    }

    private Outcome tested(Mutation mutation) {
        for (TestCase test : tests(place(mutation.file(), mutation.text()))) {
            CaseResult result = tester.run(test);
            if (!result.passed()) return new ByTest(result.failures().getFirst());
        }
        return new Survived();
    }

    /** Warnings that the sound file has too are no finding. */
    private Set<String> known(Path file) {
        return known.computeIfAbsent(file, absent -> {
            Set<String> keys = new HashSet<>();
            problems(file, read(file)).forEach(problem -> keys.add(key(problem)));
            return keys;
        });
    }

    private static String key(RouteProblem problem) {
        return problem.rule();
    }

    private List<RouteProblem> problems(Path file, String text) {
        Path placed = place(file, text);
        RouteLint lint = lints.computeIfAbsent(file, absent -> lint(placed));
        LintReport report = lint.lint(List.of(placed));
        return report.problems();
    }

    /** With the settings that the tests of the file have. */
    private static RouteLint lint(Path placed) {
        Map<String, Object> settings = new HashMap<>();
        TestFiles.read(List.of(beside(placed))).files().forEach(file -> settings.putAll(file.settings()));
        RoutesSettings own =
                new Binder(new MapConfigurationPropertySource()).bindOrCreate("eventful.routes", RoutesSettings.class);
        return new RouteLint(own, settings);
    }

    private static List<TestCase> tests(Path placed) {
        TestFiles files = TestFiles.read(List.of(beside(placed)));
        if (!files.problems().isEmpty())
            throw new IllegalStateException(files.problems().toString());
        return files.tests();
    }

    static Path beside(Path route) {
        return route.resolveSibling(route.getFileName().toString().replace(".yaml", ".test.yaml"));
    }

    /** A mutated file with its tests beside it, in a folder of its own. */
    private Path place(Path file, String text) {
        try {
            Path own = Files.createDirectory(folder.resolve(Integer.toString(++number)));
            Files.copy(beside(file), own.resolve(beside(file).getFileName()));
            return Files.writeString(own.resolve(file.getFileName()), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tester.close();
        lints.values().forEach(RouteLint::close);
    }
}
