package io.eventful.bench;

import io.eventful.bench.DeliveryLoad.Cost;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Tables of what was compared, with the goals. Medians of the rounds, where nothing else is said. */
final class DeliveryReport {

    private final StringBuilder rows = new StringBuilder();

    private DeliveryReport() {}

    /** What a round of both showed. */
    record Round(Cost other, Cost own) {
        double ratio() {
            return own.rate() / other.rate();
        }
    }

    static String fanOut(List<Round> rounds) {
        return new DeliveryReport()
                .both("a bare loop of the client", "fan-out (signed, logged)", rounds, "≥ 0.6")
                .table("fan-out beside a bare loop of the client");
    }

    static String channel(List<Round> rounds) {
        return new DeliveryReport()
                .both("plain Camel, Artemis to http", "channel (Artemis) and fan-out", rounds, "≥ 2")
                .table("from a channel, beside a plain Camel route");
    }

    private DeliveryReport both(String other, String own, List<Round> rounds, String goal) {
        row("1 event to 10: " + other + ", deliveries/s", median(rounds, round -> round.other().rate()), 0, "");
        row(own + ", deliveries/s", median(rounds, round -> round.own().rate()), 0, "");
        row("of the other", median(rounds, Round::ratio), 2, goal);
        row("least and most of it", least(rounds), most(rounds));
        row("CPU µs of a delivery, its endpoint included: " + other, median(rounds, round -> round.other().micros()), 0, "");
        row(own + ", the same", median(rounds, round -> round.own().micros()), 0, "");
        return this;
    }

    /**
     * @param well of all endpoints while none drips, by rounds
     * @param beside of the others while one drips
     */
    static String arrivals(Times steady, List<Times> well, List<Times> beside, Times many) {
        DeliveryReport report = new DeliveryReport();
        report.row("200 events/s to 10: from due to arrival, p50 ms", steady.millis(0.5), 2, "");
        report.row("p95 ms", steady.millis(0.95), 2, "< 20");
        report.row("p99 ms", steady.millis(0.99), 2, "");
        report.row("1 event/s to 1,000: from due to arrival, p50 ms", many.millis(0.5), 1, "");
        report.row("p99 ms", many.millis(0.99), 1, "< 1,000");
        report.drip(together(well), together(beside));
        return report.table("from due to arrival");
    }

    private void drip(Times well, Times beside) {
        double without = well.millis(0.99);
        double with = beside.millis(0.99);
        row("20 events/s to 100, all well: p50 ms", well.millis(0.5), 2, "");
        row("p99 ms", without, 2, "");
        row("one of them drips: p50 ms of the others", beside.millis(0.5), 2, "");
        row("p99 ms of the others", with, 2, "");
        row("of the p99 without it", with / without, 2, "≤ 1.05");
    }

    private String table(String title) {
        return """

            **Delivery of events of 1 KB by the whole gateway, endpoints in the same process: %s**

            | | | goal |
            |---|--:|--:|
            """.formatted(title) + rows;
    }

    private void row(String name, double value, int digits, String goal) {
        rows.append(String.format(Locale.ROOT, "| %s | %,." + digits + "f | %s |%n", name, value, goal));
    }

    private void row(String name, double least, double most) {
        rows.append(String.format(Locale.ROOT, "| %s | %.2f, %.2f | |%n", name, least, most));
    }

    /** All rounds together: a p99 of one is decided by a handful of events. */
    private static Times together(List<Times> rounds) {
        return Times.of(rounds.stream()
                .flatMapToLong(one -> Arrays.stream(one.sorted()))
                .toArray());
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static double least(List<Round> rounds) {
        return rounds.stream().mapToDouble(Round::ratio).min().orElse(0);
    }

    private static double most(List<Round> rounds) {
        return rounds.stream().mapToDouble(Round::ratio).max().orElse(0);
    }
}
