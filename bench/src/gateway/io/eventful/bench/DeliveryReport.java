package io.eventful.bench;

import io.eventful.bench.DeliveryLoad.Cost;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The table of a run, with its goals. Medians of the rounds, where nothing else is said. */
final class DeliveryReport {

    private final List<double[]> bare = new ArrayList<>();
    private final List<double[]> camel = new ArrayList<>();
    private final List<Times> well = new ArrayList<>();
    private final List<Times> beside = new ArrayList<>();
    private final StringBuilder rows = new StringBuilder();

    void bare(Cost loop, Cost delivered) {
        bare.add(both(loop, delivered));
    }

    void camel(Cost plain, Cost delivered) {
        camel.add(both(plain, delivered));
    }

    private static double[] both(Cost other, Cost delivered) {
        return new double[] {
            other.rate(), delivered.rate(), delivered.rate() / other.rate(), other.micros(), delivered.micros()
        };
    }

    /** All rounds together: a p99 of one is decided by a handful of events. */
    void drip(Times without, Times with) {
        well.add(without);
        beside.add(with);
    }

    void steady(Times times) {
        row("200 events/s to 10: from due to arrival, p50 ms", times.millis(0.5), 2, "");
        row("p95 ms", times.millis(0.95), 2, "< 20");
        row("p99 ms", times.millis(0.99), 2, "");
    }

    void many(Times times) {
        row("1 event/s to 1,000: from due to arrival, p50 ms", times.millis(0.5), 1, "");
        row("p99 ms", times.millis(0.99), 1, "< 1,000");
    }

    String text() {
        String later = rows.toString();
        rows.setLength(0);
        row("1 event to 10: a bare loop of the client, deliveries/s", median(bare, 0), 0, "");
        row("fan-out (signed, logged), deliveries/s", median(bare, 1), 0, "");
        row("of the bare loop", median(bare, 2), 2, "≥ 0.6");
        row("CPU µs of a delivery, its endpoint included: bare loop", median(bare, 3), 0, "");
        row("fan-out", median(bare, 4), 0, "");
        row("plain Camel, Artemis to http, deliveries/s", median(camel, 0), 0, "");
        row("channel (Artemis) and fan-out, deliveries/s", median(camel, 1), 0, "");
        row("of plain Camel", median(camel, 2), 2, "≥ 2");
        row("CPU µs of a delivery, its endpoint included: plain Camel", median(camel, 3), 0, "");
        row("channel and fan-out", median(camel, 4), 0, "");
        double without = together(well).millis(0.99);
        double with = together(beside).millis(0.99);
        row("20 events/s to 100, all well: p50 ms", together(well).millis(0.5), 2, "");
        row("p99 ms", without, 2, "");
        row("one of them drips: p50 ms of the others", together(beside).millis(0.5), 2, "");
        row("p99 ms of the others", with, 2, "");
        row("of the p99 without it", with / without, 2, "≤ 1.05");
        return """

            **Delivery: events of 1 KB, the whole gateway and all endpoints in one process**

            | | | goal |
            |---|--:|--:|
            """ + rows + later;
    }

    private void row(String name, double value, int digits, String goal) {
        rows.append(String.format(Locale.ROOT, "| %s | %,." + digits + "f | %s |%n", name, value, goal));
    }

    private static Times together(List<Times> rounds) {
        return Times.of(rounds.stream()
                .flatMapToLong(one -> Arrays.stream(one.sorted()))
                .toArray());
    }

    private static double median(List<double[]> rounds, int at) {
        double[] sorted = rounds.stream().mapToDouble(one -> one[at]).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
