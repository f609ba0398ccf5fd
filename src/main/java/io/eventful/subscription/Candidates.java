package io.eventful.subscription;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Subscriptions of one channel, filed by what their events must have. One writer at a time; many readers beside it. */
final class Candidates {

    private final Map<IndexKey, Set<String>> filed = new ConcurrentHashMap<>();
    private final Map<AttributeProbe, Integer> attributes = new ConcurrentHashMap<>();
    private final Map<String, FieldProbes> fields = new ConcurrentHashMap<>();

    /** Which part of which attribute is looked up. */
    private record AttributeProbe(String attribute, Probe probe) {
        static AttributeProbe of(IndexKey.Text text) {
            return new AttributeProbe(text.attribute(), Probe.of(text.comparison(), text.value()));
        }
    }

    /** How many are filed under the commonest of some keys. */
    int size(Set<IndexKey> keys) {
        int size = 0;
        for (IndexKey key : keys)
            size = Math.max(size, filed.getOrDefault(key, Set.of()).size());
        return size;
    }

    void add(IndexKey key, String id) {
        Set<String> ids = filed.computeIfAbsent(key, fresh -> ConcurrentHashMap.newKeySet());
        boolean first = ids.isEmpty();
        ids.add(id);
        if (!first) return;
        switch (key) {
            case IndexKey.Always always -> {}
            case IndexKey.Text text -> attributes.merge(AttributeProbe.of(text), 1, Integer::sum);
            case IndexKey.Field field ->
                fields.computeIfAbsent(field.path(), path -> new FieldProbes()).add(field);
        }
    }

    void remove(IndexKey key, String id) {
        Set<String> ids = filed.get(key);
        if (ids == null || !ids.remove(id) || !ids.isEmpty()) return;
        filed.remove(key);
        switch (key) {
            case IndexKey.Always always -> {}
            case IndexKey.Text text ->
                attributes.computeIfPresent(AttributeProbe.of(text), (probe, count) -> count == 1 ? null : count - 1);
            case IndexKey.Field field ->
                fields.computeIfPresent(field.path(), (path, probes) -> {
                    probes.remove(field);
                    return probes.isEmpty() ? null : probes;
                });
        }
    }

    void find(EventView event, Consumer<String> found) {
        for (AttributeProbe each : attributes.keySet()) {
            Probe probe = each.probe();
            String value = event.attribute(each.attribute()).orElse(null);
            if (value != null && probe.fits(value))
                found(new IndexKey.Text(probe.comparison(), each.attribute(), probe.part(value)), found);
        }
        if (!fields.isEmpty())
            PayloadFields.visit(event.payload(), (path, value) -> {
                FieldProbes probes = fields.get(path);
                if (probes != null) probes.find(path, value, key -> found(key, found));
            });
        found(new IndexKey.Always(), found);
    }

    private void found(IndexKey key, Consumer<String> found) {
        Set<String> ids = filed.get(key);
        if (ids != null) ids.forEach(found);
    }
}
