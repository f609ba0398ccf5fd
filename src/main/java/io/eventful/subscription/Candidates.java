package io.eventful.subscription;

import io.eventful.subscription.Requirement.Comparison;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Subscriptions of one channel, filed by what their events must have. One writer at a time; many readers beside it. */
final class Candidates {

    /** What a subscription is filed under. */
    sealed interface Key {}

    /** An attribute that compares with a text. */
    record Text(Comparison comparison, String attribute, String value) implements Key {
        Probe probe() {
            return new Probe(comparison, attribute, comparison == Comparison.EXACT ? 0 : value.length());
        }
    }

    /** A value at a dotted path of the payload, as {@link PayloadFields} writes it. */
    record Value(String path, String value) implements Key {}

    /** A payload that matches an event pattern, as its JSON; all patterns are matched in one pass. */
    record Pattern(String json) implements Key {}

    /** Nothing: asked for each event. */
    record Always() implements Key {}

    /** Which part of which attribute is looked up. */
    private record Probe(Comparison comparison, String attribute, int length) {}

    private final Map<Key, Set<String>> filed = new ConcurrentHashMap<>();
    private final Map<Probe, Integer> probes = new ConcurrentHashMap<>();
    private final Map<String, Integer> paths = new ConcurrentHashMap<>();
    private final Set<String> always = ConcurrentHashMap.newKeySet();
    private final EventPatterns patterns = new EventPatterns();

    /** How many are filed under the commonest of some keys. */
    int size(List<Key> keys) {
        int size = 0;
        for (Key key : keys)
            size = Math.max(size, filed.getOrDefault(key, Set.of()).size());
        return size;
    }

    void add(Key key, String id) {
        switch (key) {
            case Always every -> always.add(id);
            case Pattern pattern -> {
                file(key, id);
                patterns.add(pattern.json());
            }
            case Text text -> {
                file(key, id);
                probes.merge(text.probe(), 1, Integer::sum);
            }
            case Value value -> {
                file(key, id);
                paths.merge(value.path(), 1, Integer::sum);
            }
        }
    }

    private void file(Key key, String id) {
        filed.computeIfAbsent(key, fresh -> ConcurrentHashMap.newKeySet()).add(id);
    }

    void remove(Key key, String id) {
        switch (key) {
            case Always every -> always.remove(id);
            case Pattern pattern -> {
                unfile(key, id);
                if (!filed.containsKey(key)) patterns.remove(pattern.json());
            }
            case Text text -> {
                unfile(key, id);
                probes.computeIfPresent(text.probe(), (probe, count) -> count == 1 ? null : count - 1);
            }
            case Value value -> {
                unfile(key, id);
                paths.computeIfPresent(value.path(), (path, count) -> count == 1 ? null : count - 1);
            }
        }
    }

    private void unfile(Key key, String id) {
        filed.computeIfPresent(key, (same, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
    }

    void find(EventView event, Consumer<String> found) {
        for (Probe probe : probes.keySet()) {
            String value = event.attribute(probe.attribute()).orElse(null);
            if (value == null || value.length() < probe.length()) continue;
            String part = switch (probe.comparison()) {
                case EXACT -> value;
                case PREFIX -> value.substring(0, probe.length());
                case SUFFIX -> value.substring(value.length() - probe.length());
            };
            found(new Text(probe.comparison(), probe.attribute(), part), found);
        }
        if (!paths.isEmpty())
            PayloadFields.visit(event.payload(), (path, value) -> {
                if (paths.containsKey(path)) found(new Value(path, value), found);
            });
        patterns.find(event, pattern -> found(new Pattern(pattern), found));
        always.forEach(found);
    }

    private void found(Key key, Consumer<String> found) {
        Set<String> ids = filed.get(key);
        if (ids != null) ids.forEach(found);
    }
}
