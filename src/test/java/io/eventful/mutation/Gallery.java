package io.eventful.mutation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The shipped route files and what can go wrong in them. */
final class Gallery {

    private Gallery() {}

    static List<Path> files() {
        try (Stream<Path> all = Files.walk(Path.of("routes"))) {
            return all.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Mutation> mutations() {
        return files().stream().flatMap(file -> Mutations.of(file).stream()).toList();
    }

    /** Mutations that are not caught, or not where they are, in words. */
    static List<String> escaped(List<Mutation> mutations, Path folder) {
        List<String> escaped = new ArrayList<>();
        try (Trial trial = new Trial(folder)) {
            for (Mutation mutation : mutations) {
                switch (trial.of(mutation)) {
                    case Trial.ByLint lint -> {}
                    case Trial.ByTest test -> {
                        if (test.failure().spot().line() < 1) escaped.add("told without a line: " + mutation);
                    }
                    case Trial.Survived survived -> escaped.add("survived: " + mutation);
                    case Trial.Misplaced misplaced ->
                        escaped.add("told elsewhere: " + mutation + "\n    "
                                + misplaced.problems().getFirst().text());
                }
            }
        }
        return escaped;
    }
}
