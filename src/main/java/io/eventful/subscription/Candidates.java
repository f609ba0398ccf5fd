package io.eventful.subscription;

import io.eventful.subscription.Requirement.Comparison;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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

    /** A text at a dotted path of the payload that starts or ends with a text. */
    record Part(Comparison comparison, String path, String value) implements Key {
        Probe probe() {
            return new Probe(comparison, path, value.length());
        }
    }

    /** Nothing: asked for each event. */
    record Always() implements Key {}

    /** Which part of which attribute, or of what is at which path, is looked up. */
    private record Probe(Comparison comparison, String name, int length) {
        String part(String value) {
            return switch (comparison) {
                case EXACT -> value;
                case PREFIX -> value.substring(0, length);
                case SUFFIX -> value.substring(value.length() - length);
            };
        }
    }

    private final Map<Key, Set<String>> filed = new ConcurrentHashMap<>();
    private final Map<Probe, Integer> probes = new ConcurrentHashMap<>();
    private final Map<String, Integer> paths = new ConcurrentHashMap<>();
    private final Set<String> always = ConcurrentHashMap.newKeySet();
    private final Map<String, Map<Probe, Integer>> parts = new ConcurrentHashMap<>();

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
            case Part part -> {
                file(key, id);
                parts.computeIfAbsent(part.path(), fresh -> new ConcurrentHashMap<>())
                        .merge(part.probe(), 1, Integer::sum);
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
            case Part part -> {
                unfile(key, id);
                parts.computeIfPresent(part.path(), (path, probed) -> {
                    probed.computeIfPresent(part.probe(), Candidates::oneLess);
                    return probed.isEmpty() ? null : probed;
                });
            }
            case Text text -> {
                unfile(key, id);
                probes.computeIfPresent(text.probe(), Candidates::oneLess);
            }
            case Value value -> {
                unfile(key, id);
                paths.computeIfPresent(value.path(), Candidates::oneLess);
            }
        }
    }

    private static @Nullable Integer oneLess(Object of, int count) {
        return count == 1 ? null : count - 1;
    }

    private void unfile(Key key, String id) {
        filed.computeIfPresent(key, (same, ids) -> {
            ids.remove(id);
            return ids.isEmpty() ? null : ids;
        });
    }

    void find(EventView event, Consumer<String> found) {
        for (Probe probe : probes.keySet()) {
            String value = event.attribute(probe.name()).orElse(null);
            if (value != null && value.length() >= probe.length())
                found(new Text(probe.comparison(), probe.name(), probe.part(value)), found);
        }
        if (!paths.isEmpty() || !parts.isEmpty())
            PayloadFields.visit(event.payload(), (path, value) -> {
                if (paths.containsKey(path)) found(new Value(path, value), found);
                PayloadFields.text(value).ifPresent(text -> find(path, text, found));
            });
        always.forEach(found);
    }

    private void find(String path, String text, Consumer<String> found) {
        for (Probe probe : parts.getOrDefault(path, Map.of()).keySet())
            if (text.length() >= probe.length()) found(new Part(probe.comparison(), path, probe.part(text)), found);
    }

    private void found(Key key, Consumer<String> found) {
        Set<String> ids = filed.get(key);
        if (ids != null) ids.forEach(found);
    }
}
