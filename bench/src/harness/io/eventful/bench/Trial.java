package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One fresh start of one candidate: warm-up, then each measured phase. */
final class Trial {

    private static final int RATE = 1_000;
    private static final int CAPTURED_BESIDE = 100;
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(60);

    private final Candidate candidate;
    private final Candidate.Running running;
    private final Wrk wrk;
    private final Options options;
    private final Measurements measurements;

    /** Calls that must have become webhooks by the end. */
    private long captured;

    Trial(Candidate candidate, Candidate.Running running, Wrk wrk, Options options, Measurements measurements) {
        this.candidate = candidate;
        this.running = running;
        this.wrk = wrk;
        this.options = options;
        this.measurements = measurements;
    }

    void run() throws IOException, InterruptedException {
        if (running.receives().isPresent()) {
            receipts(running.receives().get());
            return;
        }
        URI url = running.url().resolve(Item.PATH);
        load(url, Method.GET, options.warmUp());
        load(url, Method.POST, options.warmUp());
        drain();
        gets(url);
        drain();
        posts(url);
        for (Method method : Method.values()) openLoop(url, method);
        drain();
    }

    /** Webhooks in the place of writes. */
    private void receipts(URI url) throws IOException, InterruptedException {
        load(url, Method.POST, options.warmUp());
        drain();
        posts(url);
    }

    private Wrk.Result load(URI url, Method method, Duration duration) throws IOException, InterruptedException {
        Wrk.Result result =
                wrk.run(url, method, duration, running.receives().isPresent() ? GitHub.fields() : List.of());
        if (method == Method.POST) captured += result.requests();
        measurements.add(candidate, Metric.FAILURES, result.failures());
        return result;
    }

    /** A gateway that captures does so while it answers the GETs, too. */
    private void gets(URI url) throws IOException, InterruptedException {
        if (running.delivered().isEmpty()) {
            throughput(url, Method.GET);
            return;
        }
        OpenLoop beside = new OpenLoop(url, Method.POST, CAPTURED_BESIDE);
        Thread writes = Thread.ofPlatform().start(() -> {
            try {
                captured += beside.run(Duration.ZERO, options.measured()).sortedNanos().length;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        throughput(url, Method.GET);
        writes.join();
    }

    private void posts(URI url) throws IOException, InterruptedException {
        long before = running.delivered().orElse(0);
        Wrk.Result result = throughput(url, Method.POST);
        if (running.delivered().isEmpty()) return;
        long after = running.delivered().orElse(0);
        measurements.add(
                candidate,
                Metric.DELIVERED_PER_SECOND,
                (after - before) / (result.time().toNanos() / 1e9));
        measurements.add(candidate, Metric.WAITING, Math.max(0, captured - after));
        measurements.add(candidate, Metric.DRAIN_SECONDS, drain());
    }

    private Wrk.Result throughput(URI url, Method method) throws IOException, InterruptedException {
        Duration before = running.processorTime();
        Wrk.Result result = load(url, method, options.measured());
        Duration used = running.processorTime().minus(before);
        measurements.add(candidate, Metric.perSecond(method), result.perSecond());
        measurements.add(candidate, Metric.p99(method), result.p99().toNanos() / 1e6);
        measurements.add(candidate, Metric.cpu(method), used.toNanos() / 1e3 / result.requests());
        return result;
    }

    private void openLoop(URI url, Method method) throws InterruptedException {
        Duration warmUp = Duration.ofSeconds(Math.min(3, options.warmUp().toSeconds()));
        OpenLoop.Result result = new OpenLoop(url, method, RATE).run(warmUp, options.measured());
        if (method == Method.POST) captured += RATE * warmUp.toSeconds() + result.sortedNanos().length;
        measurements.add(candidate, Metric.FAILURES, result.failures());
        measurements.add(candidate, Metric.open(method, "P50"), result.millis(0.5));
        measurements.add(candidate, Metric.open(method, "P99"), result.millis(0.99));
        measurements.add(candidate, Metric.open(method, "P999"), result.millis(0.999));
    }

    /** Waits, within bounds, until every captured call has become a webhook, and gives the seconds it took. */
    private double drain() throws IOException {
        long start = System.nanoTime();
        while (running.delivered().isPresent() && running.delivered().getAsLong() < captured) {
            if (System.nanoTime() - start > DRAIN_LIMIT.toNanos()) return Double.POSITIVE_INFINITY;
            LockSupport.parkNanos(100_000_000);
        }
        return (System.nanoTime() - start) / 1e9;
    }
}
