package io.eventful.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.routes.RoutesState.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Component;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapTest {

    @TempDir
    Path folder;

    private final CountDownLatch gate = new CountDownLatch(1);
    private Bench bench;
    private FolderWatch watch;

    private static String route(String id, String from, String answer) {
        return """
            - route:
                id: %s
                from:
                  uri: %s
                  steps:
                    - setBody: {expression: {constant: {expression: %s}}}
            """.formatted(id, from, answer);
    }

    @BeforeEach
    void start() {
        bench = new Bench(
                folder,
                application -> {
                    application.registerBean("wait", Processor.class, () -> exchange -> gate.await());
                    application.registerBean("stalling-component", Component.class, BrokenComponents.Stalling::new);
                    application.registerBean("halved-component", Component.class, BrokenComponents.Halved::new);
                },
                Bench.UNGUARDED);
        bench.write("a.yaml", route("a", "direct:a", "one"));
        bench.sets.start();
        watch = new FolderWatch(folder, Bench.LIMITS, bench.sets::reload);
        watch.start();
    }

    @AfterEach
    void stop() {
        gate.countDown();
        watch.close();
        bench.close();
    }

    private void awaitGeneration(long number) {
        await().until(() -> bench.sets.state().generation() == number);
    }

    @Test
    void aSavedFileReplacesTheSet() {
        bench.write("a.yaml", route("a", "direct:a", "two"));
        awaitGeneration(2);
        assertThat(bench.request("direct:a", "")).isEqualTo("two");
        assertThat(bench.sets.state().lastReload().orElseThrow().result()).isEqualTo(Result.LOADED);
    }

    @Test
    void aFileThatAnEditorReplacesARenameAndADeletionAreSeen() throws IOException {
        Path other = folder.resolve(".a.yaml.swp");
        Files.writeString(other, route("a", "direct:a", "two"));
        Files.move(
                other, folder.resolve("a.yaml"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        awaitGeneration(2);
        assertThat(bench.request("direct:a", "")).isEqualTo("two");
        Files.move(folder.resolve("a.yaml"), folder.resolve("b.yaml"));
        awaitGeneration(3);
        assertThat(bench.sets.state().routes().getFirst().file()).endsWith("/b.yaml");
        Files.delete(folder.resolve("b.yaml"));
        awaitGeneration(4);
        assertThat(bench.sets.state().routes()).isEmpty();
    }

    /** The watch may have seen a change just before, and wait for the lock while the set is stopped. */
    @Test
    void nothingIsLoadedOnceTheSetIsStopped() {
        watch.close();
        bench.write("a.yaml", route("a", "direct:a", "two"));
        bench.sets.stop();
        bench.sets.reload();
        assertThat(bench.sets.running()).isEmpty();
    }

    @Test
    void filesSavedTogetherAreOneChange() {
        // However slowly they are written here.
        watch.close();
        RoutesLimits patient = new RoutesLimits(
                1000, 1 << 20, 200, Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofSeconds(10), 1 << 16);
        watch = new FolderWatch(folder, patient, bench.sets::reload);
        watch.start();
        for (int i = 0; i < 20; i++) bench.write("f" + i + ".yaml", route("f" + i, "direct:f" + i, "x"));
        await().until(() -> bench.sets.state().routes().size() == 21);
        assertThat(bench.sets.state().generation()).isEqualTo(2);
    }

    @Test
    void aNewFileThatCannotBeReadIsTold() throws IOException {
        Files.write(folder.resolve("b.yaml"), new byte[] {(byte) 0xff});
        await().until(() -> bench.sets.state().lastReload().orElseThrow().result() == Result.REFUSED);
        assertThat(bench.sets.state().lastReload().orElseThrow().problems())
                .filteredOn(RouteProblem::isError)
                .extracting(RouteProblem::rule)
                .containsExactly("not-utf-8");
        assertThat(bench.request("direct:a", "")).isEqualTo("one");
    }

    @Test
    void aComponentThatLacksALibraryIsToldAndTheNextEditIsTaken() {
        bench.write("b.yaml", route("b", "halved:x", "x"));
        await().until(() -> bench.sets.state().lastReload().orElseThrow().result() == Result.FAILED);
        assertThat(bench.sets.state().lastReload().orElseThrow().problems())
                .last()
                .extracting(RouteProblem::message)
                .asString()
                .contains("NoClassDefFoundError: org/example/Absent");
        bench.write("b.yaml", route("b", "direct:b", "mended"));
        await().until(() -> bench.sets.state().routes().size() == 2);
    }

    @Test
    void whatBecomesOfOneChangeKeepsNoneFromBeingSeen() {
        AtomicInteger changes = new AtomicInteger();
        Runnable failing = () -> {
            if (changes.incrementAndGet() == 1) throw new StackOverflowError();
        };
        try (FolderWatch own = new FolderWatch(folder, Bench.LIMITS, failing)) {
            own.start();
            await().until(() -> changes.get() == 1);
            bench.write("b.yaml", route("b", "direct:b", "x"));
            await().until(() -> changes.get() > 1);
        }
    }

    @Test
    void aFaultySetLeavesTheRunningOneAndIsTold() {
        bench.write("a.yaml", route("a", "direct:a", "two")).write("b.yaml", route("a", "direkt:b", "x"));
        await().until(() -> bench.sets.state().lastReload().orElseThrow().result() == Result.REFUSED);
        RoutesState state = bench.sets.state();
        assertThat(state.generation()).isEqualTo(1);
        assertThat(state.lastReload().orElseThrow().problems())
                .filteredOn(RouteProblem::isError)
                .extracting(RouteProblem::rule)
                .containsExactlyInAnyOrder("duplicate-route-id", "unknown-component");
        assertThat(bench.request("direct:a", "")).isEqualTo("one");
        bench.write("b.yaml", route("b", "direct:b", "mended"));
        await().until(() -> bench.sets.state().routes().size() == 2);
        assertThat(bench.request("direct:a", "")).isEqualTo("two");
    }

    @Test
    void aSetThatDoesNotStartGivesWayToTheFormer() {
        bench.write("b.yaml", route("b", "\"stalling:b\"", "x"));
        await().until(() -> bench.sets.state().lastReload().orElseThrow().result() == Result.FAILED);
        assertThat(bench.sets.state().generation()).isEqualTo(1);
        assertThat(bench.request("direct:a", "")).isEqualTo("one");
        assertThat(bench.sets.state().routes().getFirst().status()).isEqualTo("started");
    }

    @Test
    void whatIsUnderWayFinishesInTheOldSet() {
        bench.write("a.yaml", """
            - route:
                id: a
                from:
                  uri: direct:a
                  steps:
                    - process: {ref: wait}
                    - setBody: {expression: {constant: {expression: finished}}}
            """);
        awaitGeneration(2);
        Generation old = bench.sets.running().orElseThrow();
        CompletableFuture<Object> answer = CompletableFuture.supplyAsync(() -> bench.request("direct:a", ""));
        await().until(() -> old.context().getInflightRepository().size() == 1);
        bench.write("a.yaml", route("a", "direct:a", "new"));
        gate.countDown();
        assertThat(answer.join()).isEqualTo("finished");
        awaitGeneration(3);
        assertThat(bench.request("direct:a", "")).isEqualTo("new");
        await().until(() -> old.context().isStopped());
    }

    @Test
    void aFileThatWasOnlyTouchedChangesNothing() throws IOException {
        bench.write("a.yaml", route("a", "direct:a", "one"));
        bench.sets.reload();
        assertThat(bench.sets.state().generation()).isEqualTo(1);
    }

    @Test
    void testsHiddenFilesAndSubfoldersAreNotLoaded() throws IOException {
        Files.createDirectories(folder.resolve("sub"));
        bench.write("sub/x.yaml", "nonsense").write("a.test.yaml", "nonsense").write(".b.yaml", "nonsense");
        bench.write("c.yml", route("c", "direct:c", "x"));
        awaitGeneration(2);
        assertThat(bench.sets.state().routes()).hasSize(2);
    }
}
