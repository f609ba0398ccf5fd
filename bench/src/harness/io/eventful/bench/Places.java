package io.eventful.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where things are.
 *
 * @param root the repository
 * @param wrk the load generator
 * @param nginx empty when there is none
 * @param peer folder of Spring Cloud Gateway's jars; empty when there are none
 */
record Places(Path root, Path wrk, Optional<Path> nginx, Optional<Path> peer) {

    static Places ofSystemProperties() {
        return new Places(
                Path.of(System.getProperty("bench.root")),
                Path.of(System.getProperty("bench.wrk")),
                path("bench.nginx"),
                path("bench.peer"));
    }

    private static Optional<Path> path(String property) {
        return Optional.of(System.getProperty(property, ""))
                .filter(value -> !value.isEmpty())
                .map(Path::of);
    }

    Path bench() {
        return root.resolve("bench");
    }

    Path target() {
        return bench().resolve("target");
    }

    /** A fresh, empty folder below the target folder. */
    Path fresh(String name) throws IOException {
        Path folder = target().resolve("run").resolve(name);
        delete(folder);
        return Files.createDirectories(folder);
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) return;
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }

    /** Command that starts a class of this harness' kind on this harness' JDK. */
    static List<String> java(String classPath, String main) {
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, main);
    }

    /** Class path of a part of the benchmark and the jars it needs. */
    String classPath(String part, Path jars) {
        return target().resolve("classes").resolve(part) + ":" + jars + "/*";
    }

    /** The file that holds the body of a POST. */
    Path requestBody() {
        Path file = target().resolve("request.json");
        try {
            return Files.writeString(file, Item.request());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
