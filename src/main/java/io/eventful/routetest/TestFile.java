package io.eventful.routetest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of route tests.
 *
 * @param path as the user named it
 * @param routes the route files that it tests
 */
public record TestFile(Path path, List<Path> routes, Yam.Mapping document, List<TestCase> tests) {

    /** How the names of test files end; that of a new one has the first of them. */
    static final List<String> ENDS = List.of(".test.yaml", ".test.yml");

    private static final List<String> ENDS_OF_ROUTES = List.of(".yaml", ".yml");

    static boolean isTest(Path path) {
        String name = path.getFileName().toString();
        return ENDS.stream().anyMatch(name::endsWith);
    }

    /** Reads and checks a file. Empty when it cannot be run, with all that is wrong among the problems. */
    static Optional<TestFile> read(Path path, List<TestProblem> problems) {
        Spot whole = new Spot(path.toString(), 0, 0);
        String text;
        try {
            text = Files.readString(path);
        } catch (IOException e) {
            problems.add(new TestProblem(whole, "the file cannot be read", "save it with UTF-8 encoding"));
            return Optional.empty();
        }
        int before = problems.size();
        Optional<Yam> root = YamReader.read(path.toString(), text, problems);
        if (root.isEmpty() && problems.size() == before)
            problems.add(new TestProblem(whole, "the file is empty", "add tests:"));
        root.ifPresent(yam -> Format.FILE.check(yam, "a test file", problems));
        if (problems.size() > before || !(root.orElse(null) instanceof Yam.Mapping document)) return Optional.empty();
        List<Path> routes = routes(path, document, problems);
        if (problems.size() > before) return Optional.empty();
        TestFile file = new TestFile(path, routes, document, new ArrayList<>());
        for (Yam each : TestCase.list(document, "tests")) {
            Yam.Mapping test = (Yam.Mapping) each;
            file.tests().add(new TestCase(file, test.spot(), TestCase.text(test, "name"), test));
        }
        return Optional.of(file);
    }

    /** Without {@code routes}, the file that the test file is named after. */
    private static List<Path> routes(Path path, Yam.Mapping document, List<TestProblem> problems) {
        List<Path> routes = new ArrayList<>();
        @Nullable Yam given = document.get("routes");
        if (given == null) {
            List<Path> beside = beside(path, "\\.test\\.[^.]*$", ENDS_OF_ROUTES);
            beside.stream().filter(Files::isRegularFile).findFirst().ifPresent(routes::add);
            if (routes.isEmpty())
                problems.add(new TestProblem(
                        document.spot(),
                        "there is no " + beside.getFirst().getFileName() + " next to this file",
                        "name the tested files: routes: [FILE]"));
            return routes;
        }
        Set<Path> names = new HashSet<>();
        for (Yam each : given.many()) {
            Path route = path.resolveSibling(each.text());
            if (!names.add(route.getFileName()))
                problems.add(new TestProblem(
                        each.spot(),
                        "two of the tested files have the same name, " + route.getFileName(),
                        "list each file once, with unique names: they are loaded as one folder"));
            else if (Files.isRegularFile(route)) routes.add(route);
            else
                problems.add(new TestProblem(
                        each.spot(),
                        "there is no route file " + route,
                        "write its path relative to the folder of this file"));
        }
        return routes;
    }

    /** The files that a file may belong to, by its name with another end. */
    static List<Path> beside(Path path, String end, List<String> others) {
        String name = path.getFileName().toString().replaceFirst(end, "");
        return others.stream().map(other -> path.resolveSibling(name + other)).toList();
    }

    /** The settings of all its tests, by dotted name. */
    public Map<String, String> settings() {
        return settings(document);
    }

    /** Settings in whatever nesting, by dotted name. */
    static Map<String, String> settings(Yam.Mapping holder) {
        Map<String, String> flat = new LinkedHashMap<>();
        @Nullable Yam settings = holder.get("settings");
        if (settings != null) flatten("", settings, flat);
        return flat;
    }

    private static void flatten(String prefix, Yam value, Map<String, String> flat) {
        switch (value) {
            case Yam.Mapping mapping ->
                mapping.members()
                        .forEach((name, member) ->
                                flatten(prefix.isEmpty() ? name : prefix + "." + name, member.value(), flat));
            case Yam.Listing listing -> {
                for (int i = 0; i < listing.elements().size(); i++)
                    flatten(prefix + "[" + i + "]", listing.elements().get(i), flat);
            }
            default -> flat.put(prefix, value.text());
        }
    }

    /** Its tests know it, so it is known by its path. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
