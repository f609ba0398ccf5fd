package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.routes.RoutesState.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Route files that are links, as in a mounted volume. */
class LinkedFilesTest {

    @TempDir
    Path folder;

    private Path file;
    private Bench bench;
    private FolderWatch watch;

    private static String route(String id) {
        return """
            - route:
                id: %s
                from:
                  uri: direct:%s
                  steps:
                    - setBody: {expression: {constant: {expression: one}}}
            """.formatted(id, id);
    }

    @BeforeEach
    void start() throws IOException {
        bench = new Bench(folder);
        file = Files.writeString(Files.createDirectory(folder.resolve("kept")).resolve("a"), route("a"));
        Files.createSymbolicLink(folder.resolve("a.yaml"), file);
        bench.sets.start();
        watch = new FolderWatch(folder, Bench.LIMITS, bench.sets::reload);
        watch.start();
    }

    @AfterEach
    void stop() {
        watch.close();
        bench.close();
    }

    @Test
    void aLinkWhoseFileIsAwayKeepsItsRoutesAndHidesNoOtherFile() throws IOException {
        Files.delete(file);
        await().until(() -> bench.sets.state().lastReload().orElseThrow().result() == Result.REFUSED);
        assertThat(bench.sets.state().lastReload().orElseThrow().problems())
                .filteredOn(RouteProblem::isError)
                .extracting(RouteProblem::message)
                .containsExactly("the file is a symbolic link to a file that does not exist");
        assertThat(bench.request("direct:a", "")).isEqualTo("one");

        bench.write("b.yaml", route("b"));
        Files.writeString(file, route("a"));
        await().until(() -> bench.sets.state().routes().size() == 2);
    }
}
