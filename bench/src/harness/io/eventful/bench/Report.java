package io.eventful.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** What was measured, as Markdown. */
final class Report {

    private static final String NONE = "–";

    private final Places places;
    private final Options options;
    private final List<Candidate> candidates;
    private final Measurements measurements;
    private final Map<Candidate, String> skipped;
    private final StringBuilder text = new StringBuilder();

    Report(
            Places places,
            Options options,
            List<Candidate> candidates,
            Measurements measurements,
            Map<Candidate, String> skipped) {
        this.places = places;
        this.options = options;
        this.candidates = candidates;
        this.measurements = measurements;
        this.skipped = skipped;
    }

    String text() throws IOException {
        line("%d processors (%s), JDK %s; upstream: %s; %d connections; medians of %d starts of each; phases of %d s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        Runtime.version(),
                        places.nginx().isPresent() ? "nginx" : "Vert.x",
                        Wrk.CONNECTIONS,
                        options.repetitions(),
                        options.measured().toSeconds()));
        skipped.forEach((candidate, reason) -> line("\nLeft out: " + candidate.title() + " (" + reason + ")"));
        throughput(Method.GET);
        throughput(Method.POST);
        background();
        latency();
        text.append(new Goals(measurements).table());
        failures();
        return text.append('\n').toString();
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) return System.getProperty("os.arch");
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse(System.getProperty("os.arch"));
    }

    private void throughput(Method method) {
        line("\n**1 KB %s, as many as 64 connections can make**\n".formatted(method));
        line("| | per second | least – most | of direct | of nginx | of Spring Cloud Gateway | p99 ms | CPU µs each |");
        line("|---|--:|--:|--:|--:|--:|--:|--:|");
        Metric metric = Metric.perSecond(method);
        for (Candidate candidate : measured(metric)) {
            String name = candidate.name();
            line("| %s | %s | %s | %s | %s | %s | %s | %s |"
                    .formatted(
                            candidate.title(),
                            number("%,.0f", measurements.median(name, metric)),
                            range(name, metric),
                            number("%.2f", measurements.ratio(name, "direct", metric)),
                            number("%.2f", measurements.ratio(name, "nginx", metric)),
                            number("%.2f", measurements.ratio(name, "spring", metric)),
                            number("%.1f", measurements.median(name, Metric.p99(method))),
                            number("%.0f", measurements.median(name, Metric.cpu(method)))));
        }
    }

    private void background() {
        if (measured(Metric.WAITING).isEmpty()) return;
        line("\n**What capturing leaves to be done: webhooks to the well-behaved subscriber**\n");
        line(
                "| | POSTs captured per second | delivered meanwhile per second | waiting at the end | delivered after s |");
        line("|---|--:|--:|--:|--:|");
        for (Candidate candidate : measured(Metric.WAITING)) {
            String name = candidate.name();
            line("| %s | %s | %s | %s | %s |"
                    .formatted(
                            candidate.title(),
                            number("%,.0f", measurements.median(name, Metric.POST_PER_SECOND)),
                            number("%,.0f", measurements.median(name, Metric.DELIVERED_PER_SECOND)),
                            number("%,.0f", measurements.median(name, Metric.WAITING)),
                            number("%.1f", measurements.median(name, Metric.DRAIN_SECONDS))));
        }
    }

    private void latency() {
        line("\n**1,000 requests a second, open loop, milliseconds from the moment each was due**\n");
        line("| | GET p50 | over direct | p99 | p99.9 | POST p50 | over direct | p99 | p99.9 |");
        line("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (Candidate candidate : measured(Metric.OPEN_GET_P50))
            line("| " + candidate.title() + latency(candidate.name(), Method.GET)
                    + latency(candidate.name(), Method.POST) + " |");
    }

    private String latency(String name, Method method) {
        Metric p50 = Metric.open(method, "P50");
        return " | %s | %s | %s | %s"
                .formatted(
                        number("%.2f", measurements.median(name, p50)),
                        number("%.2f", measurements.difference(name, "direct", p50)),
                        number("%.2f", measurements.median(name, Metric.open(method, "P99"))),
                        number("%.2f", measurements.median(name, Metric.open(method, "P999"))));
    }

    private void failures() {
        for (Candidate candidate : candidates) {
            double sum = measurements.all(candidate.name(), Metric.FAILURES).stream()
                    .mapToDouble(Double::doubleValue)
                    .sum();
            if (sum > 0)
                line("\n%s failed %,.0f requests: its numbers do not count.".formatted(candidate.title(), sum));
        }
    }

    private List<Candidate> measured(Metric metric) {
        return candidates.stream()
                .filter(candidate ->
                        measurements.median(candidate.name(), metric).isPresent())
                .toList();
    }

    private String range(String name, Metric metric) {
        List<Double> sorted = measurements.all(name, metric).stream().sorted().toList();
        return "%,.0f – %,.0f".formatted(sorted.getFirst(), sorted.getLast());
    }

    static String number(String format, OptionalDouble value) {
        if (value.isEmpty()) return NONE;
        double number = value.getAsDouble();
        return Double.isInfinite(number) ? "> 60" : String.format(Locale.ROOT, format, number);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
