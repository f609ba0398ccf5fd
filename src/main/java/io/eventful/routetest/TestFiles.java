package io.eventful.routetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The test files of some paths, read and checked.
 *
 * @param files those that can be run
 * @param problems what is wrong in the others, and paths without tests
 */
public record TestFiles(List<TestFile> files, List<TestProblem> problems) {

    /** Files as they are named (of a route file: its tests), folders with all test files in them and below. */
    public static TestFiles read(List<Path> paths) {
        List<TestProblem> problems = new ArrayList<>();
        Set<Path> found = new LinkedHashSet<>();
        for (Path path : paths) {
            List<Path> below = below(path);
            if (Files.isRegularFile(path) && !TestFile.isTest(below.getFirst())) {
                problems.add(new TestProblem(
                        new Spot(path.toString(), 0, 0),
                        "this is not a test file, and there is none next to it",
                        "write " + beside(path).getFirst().getFileName() + ", or name a *.test.yaml file"));
                continue;
            }
            if (below.isEmpty())
                problems.add(new TestProblem(
                        new Spot(path.toString(), 0, 0),
                        Files.exists(path) ? "the folder contains no tests" : "the file or folder does not exist",
                        "name a *.test.yaml file, or a folder that contains some"));
            found.addAll(below);
        }
        List<TestFile> files = new ArrayList<>();
        for (Path path : found) TestFile.read(path, problems).ifPresent(files::add);
        return new TestFiles(List.copyOf(files), List.copyOf(problems));
    }

    private static List<Path> below(Path path) {
        if (Files.isRegularFile(path)) return List.of(tests(path));
        if (!Files.isDirectory(path)) return List.of();
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(each -> TestFile.isTest(each)
                            && !each.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read", e);
        }
    }

    private static Path tests(Path path) {
        if (TestFile.isTest(path)) return path;
        return beside(path).stream().filter(Files::isRegularFile).findFirst().orElse(path);
    }

    /** Where the tests of a route file are. */
    private static List<Path> beside(Path path) {
        return TestFile.beside(path, "\\.[^.]*$", TestFile.ENDS);
    }

    /** All tests, in the order of the files. */
    public List<TestCase> tests() {
        return files.stream().flatMap(file -> file.tests().stream()).toList();
    }
}
