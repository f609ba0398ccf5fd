package io.eventful.routetest;

import io.eventful.event.Publications;
import io.eventful.ledger.Ledger;
import io.eventful.routes.RouteMetadataCache;
import io.eventful.store.SchemaTemplates;
import io.eventful.subscription.SubscriptionRequests;
import io.eventful.subscription.Subscriptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.util.FileSystemUtils;

/** Runs route tests, each against a gateway of its own in this process. */
public final class RouteTester implements AutoCloseable {

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Path folder;
    private final Coverage coverage = new Coverage();
    private final Map<TestFile, Path> staged = new ConcurrentHashMap<>();
    private final Queue<Workbench> free = new ConcurrentLinkedQueue<>();
    private final Workbench.Shared shared;
    private final AtomicInteger benches = new AtomicInteger();

    public RouteTester() {
        try {
            folder = Files.createTempDirectory("eventful-test-");
            shared = new Workbench.Shared(
                    new SchemaTemplates(folder), new RouteMetadataCache(), new CachingMetadataReaderFactory());
        } catch (IOException e) {
            throw new UncheckedIOException("the temporary folder is not writable", e);
        }
    }

    /** What the tests run so far have reached. */
    public Coverage coverage() {
        return coverage;
    }

    /**
     * Runs tests side by side, as many as there are processors.
     *
     * @param ended is given each result, in the order of the tests
     */
    public void run(List<TestCase> tests, Consumer<CaseResult> ended) throws InterruptedException {
        int workers = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
            List<Future<CaseResult>> results =
                    tests.stream().map(test -> pool.submit(() -> run(test))).toList();
            for (Future<CaseResult> each : results) ended.accept(each.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("a test could not be run", e.getCause());
        }
    }

    /** Runs a test to its end; never fails, the result says what did. */
    public CaseResult run(TestCase test) {
        long begin = System.nanoTime();
        List<Failure> failures;
        List<TestProblem> problems = List.of();
        List<String> timeline = new ArrayList<>();
        Workbench bench = take();
        String what = "the gateway did not start: ";
        try (Rig rig = new Rig(test, staged(test.file()), bench, coverage)) {
            what = "the test could not be run: ";
            failures = play(test, rig, timeline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures = List.of(Failure.plain(test.spot(), "interrupted"));
        } catch (IOException | RuntimeException e) {
            problems = new Faults(test, staged.getOrDefault(test.file(), folder)).of(e);
            failures = problems.isEmpty() ? List.of(Failure.plain(test.spot(), what + root(e))) : List.of();
        }
        free.add(bench);
        return new CaseResult(test, failures, problems, timeline, Duration.ofNanos(System.nanoTime() - begin));
    }

    private List<Failure> play(TestCase test, Rig rig, List<String> timeline) throws InterruptedException {
        Stillness stillness = new Stillness(rig);
        rig.standIns()
                .subscribers()
                .subscribe(
                        rig.bean(SubscriptionRequests.class),
                        rig.bean(Subscriptions.class),
                        rig.standIns().sinks());
        stillness.now();
        Ledger ledger = rig.bean(Ledger.class);
        long seeded = ledger.head();
        AutoCloseable one = rig.timeline().follow(ledger);
        AutoCloseable two = rig.bean(Publications.class).listen(rig.timeline()::published);
        List<Player.Reply> replies = new Player(rig, http, stillness).play(test);
        String within = TestCase.text(test.then(), "within");
        boolean rested =
                stillness.until(within.isEmpty() ? null : Durations.read(within).orElse(null));
        List<String> lines = rig.timeline().lines();
        timeline.addAll(lines);
        rig.standIns().over();
        Observed observed = new Observed(rig, seeded, http);
        List<Failure> failures = new ArrayList<>();
        if (!rested) failures.add(Failure.plain(test.spot(), "the gateway was still busy after two minutes"));
        for (String name : rig.standIns().subscribers().forged())
            failures.add(Failure.plain(
                    test.spot(),
                    "the signature of a webhook to " + name + " does not match the secret of its subscription"));
        failures.addAll(new Verdicts(test, observed, new ObservedDeliveries(rig))
                .of(replies.stream().map(observed::reply).toList(), lines));
        end(one);
        end(two);
        return failures;
    }

    private static void end(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException("a listener did not end", e);
        }
    }

    private Workbench take() {
        Workbench known = free.poll();
        return known != null ? known : new Workbench(folder.resolve("bench-" + benches.incrementAndGet()), shared);
    }

    /** The tested route files in a folder of their own. */
    private synchronized Path staged(TestFile file) throws IOException {
        Path known = staged.get(file);
        if (known != null) return known;
        Path routes = Files.createDirectory(folder.resolve("routes-" + staged.size()));
        for (Path each : file.routes()) Files.copy(each, routes.resolve(each.getFileName()));
        staged.put(file, routes);
        return routes;
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) root = root.getCause();
        return root;
    }

    private static void delete(Path folder) {
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
        free.forEach(Workbench::close);
        delete(folder);
    }
}
