package io.eventful.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** All values of a run, and their medians over the repetitions. */
final class Measurements {

    private final Map<String, Map<Metric, List<Double>>> values = new LinkedHashMap<>();

    void add(Candidate candidate, Metric metric, double value) {
        values.computeIfAbsent(candidate.name(), name -> new EnumMap<>(Metric.class))
                .computeIfAbsent(metric, absent -> new ArrayList<>())
                .add(value);
    }

    List<Double> all(String candidate, Metric metric) {
        return values.getOrDefault(candidate, Map.of()).getOrDefault(metric, List.of());
    }

    OptionalDouble median(String candidate, Metric metric) {
        List<Double> sorted = all(candidate, metric).stream().sorted().toList();
        int size = sorted.size();
        if (size == 0) return OptionalDouble.empty();
        double upper = sorted.get(size / 2);
        return OptionalDouble.of(size % 2 == 1 ? upper : (sorted.get(size / 2 - 1) + upper) / 2);
    }

    /** Median of one over median of another. */
    OptionalDouble ratio(String candidate, Metric metric, String other, Metric otherMetric) {
        OptionalDouble value = median(candidate, metric);
        OptionalDouble base = median(other, otherMetric);
        return value.isPresent() && base.isPresent()
                ? OptionalDouble.of(value.getAsDouble() / base.getAsDouble())
                : OptionalDouble.empty();
    }

    OptionalDouble ratio(String candidate, String other, Metric metric) {
        return ratio(candidate, metric, other, metric);
    }

    /** Median of one less median of another. */
    OptionalDouble difference(String candidate, String other, Metric metric) {
        OptionalDouble value = median(candidate, metric);
        OptionalDouble base = median(other, metric);
        return value.isPresent() && base.isPresent()
                ? OptionalDouble.of(value.getAsDouble() - base.getAsDouble())
                : OptionalDouble.empty();
    }
}
