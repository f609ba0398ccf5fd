package io.eventful.bench;

import io.eventful.event.Event;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Events of 1 KB, as fast as they are taken or at a fixed rate. */
final class DeliveryLoad {

    private static final int AT_ONCE = 64;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    private final Endpoints endpoints;
    final byte[] body = ("{\"note\":\"" + "x".repeat(1012) + "\"}").getBytes(StandardCharsets.UTF_8);
    private long number;

    DeliveryLoad(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Sends one event to all its endpoints; completes when the sender may go on. */
    interface Sender {
        CompletionStage<?> send(Event event) throws Exception;
    }

    /**
     * What a run of events cost.
     *
     * @param rate deliveries that arrived per second
     * @param micros processor time of this process for each, that of the endpoint included
     */
    record Cost(double rate, double micros) {}

    /** With 64 events under way, until the last has arrived. */
    Cost closed(Sender sender, int each, int seconds) throws Exception {
        Semaphore free = new Semaphore(AT_ONCE);
        long before = endpoints.arrived();
        long cpu = cpu();
        long begun = System.nanoTime();
        long end = begun + TimeUnit.SECONDS.toNanos(seconds);
        long sent = 0;
        // A publication that the gateway refuses, because its store is overloaded, is the publisher's to repeat.
        LongAdder refused = new LongAdder();
        while (System.nanoTime() < end) {
            free.acquire();
            // What is only recorded, or waits at the broker, is under way too.
            if (sent - refused.sum() - (endpoints.arrived() - before) / each > 16 * AT_ONCE) {
                free.release();
                LockSupport.parkNanos(1_000_000);
                continue;
            }
            sender.send(next()).whenComplete((done, failure) -> {
                if (failure != null) refused.increment();
                free.release();
            });
            sent++;
        }
        free.acquire(AT_ONCE);
        double deliveries = (sent - refused.sum()) * each;
        await(before + (long) deliveries);
        return new Cost(deliveries * 1e9 / (System.nanoTime() - begun), (cpu() - cpu) / 1e3 / deliveries);
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** How late deliveries arrive when events come at a fixed rate, whatever becomes of them. */
    Times open(Sender sender, int each, double perSecond, int seconds) throws Exception {
        int count = (int) (perSecond * seconds);
        long start = System.nanoTime() + 50_000_000;
        long[] due = new long[count];
        for (int i = 0; i < count; i++) due[i] = start + (long) (i * 1e9 / perSecond);
        Arrivals arrivals = new Arrivals(number + 1, due, each);
        endpoints.note(arrivals);
        for (int i = 0; i < count; i++) {
            for (long left = due[i] - System.nanoTime(); left > 0; left = due[i] - System.nanoTime())
                LockSupport.parkNanos(left);
            sender.send(next());
        }
        long until = System.nanoTime() + PATIENCE;
        while (arrivals.missing() > 0) {
            if (System.nanoTime() > until) throw new IllegalStateException(arrivals.missing() + " never arrived");
            LockSupport.parkNanos(1_000_000);
        }
        endpoints.note(Arrivals.NONE);
        return arrivals.times();
    }

    private void await(long arrived) {
        long until = System.nanoTime() + PATIENCE;
        while (endpoints.arrived() < arrived) {
            if (System.nanoTime() > until)
                throw new IllegalStateException(arrived - endpoints.arrived() + " never arrived");
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Event next() {
        long n = ++number;
        String subject = "/customers/" + n;
        return new Event(
                "e" + n,
                "/upstreams/default",
                "customer.updated",
                subject,
                null,
                "application/json",
                null,
                Map.of("position", Long.toString(n), "partitionkey", subject, "revision", "1"),
                body);
    }
}
