package io.eventful.bench;

import static io.eventful.bench.Metric.GET_P99;
import static io.eventful.bench.Metric.GET_PER_SECOND;
import static io.eventful.bench.Metric.OPEN_GET_P50;
import static io.eventful.bench.Metric.POST_PER_SECOND;

import java.util.OptionalDouble;

/** The goals of speed, and whether they were met, for each way in which the gateway was run. */
final class Goals {

    private final Measurements measurements;
    private final StringBuilder text = new StringBuilder();

    Goals(Measurements measurements) {
        this.measurements = measurements;
    }

    String table() {
        text.append("\n**Goals**\n\n| | goal | measured | met |\n|---|--:|--:|---|\n");
        forwarding("pass", "passing through");
        capturing("capture", "capturing");
        forwarding("capture", "while capturing");
        capturing("drip", "capturing, one subscriber drips");
        atLeast("webhooks received / POST captured", 0.8, measurements.ratio("receive", "capture", POST_PER_SECOND));
        forwarding("drip", "while capturing, one subscriber drips");
        return text.toString();
    }

    private void forwarding(String name, String how) {
        atLeast(
                "GET %s / Spring Cloud Gateway".formatted(how),
                2.5,
                measurements.ratio(name, "spring", GET_PER_SECOND));
        atLeast("GET %s / nginx".formatted(how), 0.5, measurements.ratio(name, "nginx", GET_PER_SECOND));
        atMost("p99 of GET %s / Spring Cloud Gateway's".formatted(how), 1, measurements.ratio(name, "spring", GET_P99));
        atMost(
                "GET %s at 1,000/s: p50 over direct, ms".formatted(how),
                0.4,
                measurements.difference(name, "direct", OPEN_GET_P50));
    }

    private void capturing(String name, String how) {
        atLeast("POST %s / not captured".formatted(how), 0.6, measurements.ratio(name, "pass", POST_PER_SECOND));
        atLeast(
                "POST %s / Spring Cloud Gateway without".formatted(how),
                1,
                measurements.ratio(name, "spring", POST_PER_SECOND));
    }

    private void atLeast(String what, double goal, OptionalDouble value) {
        row(what, "≥ " + goal, value, value.isPresent() && value.getAsDouble() >= goal);
    }

    private void atMost(String what, double goal, OptionalDouble value) {
        row(what, "≤ " + goal, value, value.isPresent() && value.getAsDouble() <= goal);
    }

    private void row(String what, String goal, OptionalDouble value, boolean met) {
        if (value.isEmpty()) return;
        text.append(
                "| %s | %s | %s | %s |%n".formatted(what, goal, Report.number("%.2f", value), met ? "yes" : "**no**"));
    }
}
