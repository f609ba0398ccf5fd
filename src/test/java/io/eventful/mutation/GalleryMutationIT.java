package io.eventful.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class GalleryMutationIT {

    @TempDir
    Path folder;

    static List<Path> gallery() {
        try (Stream<Path> all = Files.walk(Path.of("routes"))) {
            return all.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.toString().endsWith(".test.yaml"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void everyMutationIsCaught() {
        String only = System.getProperty("only", "");
        Map<String, Integer> counts = new TreeMap<>();
        List<String> bad = new ArrayList<>();
        try (Trial trial = new Trial(folder)) {
            for (Path file : gallery()) {
                if (!file.toString().contains(only)) continue;
                for (Mutation mutation : Mutations.of(file)) {
                    long begin = System.nanoTime();
                    Trial.Outcome outcome = trial.of(mutation);
                    counts.merge(mutation.operator() + " " + outcome.getClass().getSimpleName(), 1, Integer::sum);
                    counts.merge("all " + outcome.getClass().getSimpleName(), 1, Integer::sum);
                    long ms = (System.nanoTime() - begin) / 1_000_000;
                    if (ms > 3000) System.out.println("SLOW " + ms + " " + mutation + " " + outcome);
                    if (outcome instanceof Trial.Survived) System.out.println("SURVIVED " + mutation);
                    if (outcome instanceof Trial.Misplaced misplaced)
                        System.out.println("MISPLACED " + mutation + "\n     "
                                + misplaced.problems().getFirst().text());
                }
            }
        }
        counts.forEach((key, value) -> System.out.println(value + " " + key));
        assertThat(bad).isEmpty();
    }
}
