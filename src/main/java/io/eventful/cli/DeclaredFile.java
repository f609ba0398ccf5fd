package io.eventful.cli;

import io.eventful.routes.RouteProblem;
import io.eventful.routes.RouteProblem.Severity;
import io.eventful.subscription.DeclaredSubscriptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The file of declared subscriptions.
 *
 * @param path as an operator would write it; empty if there is none
 */
record DeclaredFile(String path, DeclaredSubscriptions content) {

    /** Reads the configured file, in the current folder or next to the launcher; it may be absent. */
    static DeclaredFile read(String configured) throws IOException {
        String path = shown(configured);
        return configured.isEmpty() || !Files.isRegularFile(Path.of(path))
                ? new DeclaredFile("", new DeclaredSubscriptions(List.of(), List.of()))
                : new DeclaredFile(path, DeclaredSubscriptions.read(Files.readString(Path.of(path))));
    }

    /** The path of the configured file, relative to the current folder if it is below it. */
    static String shown(String configured) {
        Path file = Home.file(configured);
        Path here = Path.of("").toAbsolutePath();
        return (file.startsWith(here) ? here.relativize(file) : file).toString();
    }

    /** What is wrong, as problems of route files are told. */
    List<RouteProblem> problems() {
        return content.problems().stream()
                .map(fault -> new RouteProblem(
                        path,
                        fault.line(),
                        fault.column(),
                        "subscription",
                        Severity.ERROR,
                        (fault.problem().pointer().isEmpty()
                                        ? "the file"
                                        : fault.problem().pointer())
                                + " " + fault.problem().detail(),
                        fault.problem().remedy()))
                .toList();
    }
}
