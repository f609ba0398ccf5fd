package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Under which keys what is at one path of a payload is looked up. One writer at a time; many readers beside it. */
final class FieldProbes {

    private final Map<Probe, Integer> parts = new ConcurrentHashMap<>();
    private volatile Intervals ranges = Intervals.NONE;
    private int keys;

    /** @param key that is new at this path */
    void add(IndexKey.Field key) {
        keys++;
        switch (key) {
            case IndexKey.Part part -> parts.merge(Probe.of(part.comparison(), part.value()), 1, Integer::sum);
            case IndexKey.Range range -> ranges = ranges.with(range);
            case IndexKey.Value value -> {}
            case IndexKey.Folded folded -> {}
            case IndexKey.Present present -> {}
        }
    }

    /** @param key that was added */
    void remove(IndexKey.Field key) {
        keys--;
        switch (key) {
            case IndexKey.Part part ->
                parts.computeIfPresent(
                        Probe.of(part.comparison(), part.value()), (probe, count) -> count == 1 ? null : count - 1);
            case IndexKey.Range range -> ranges = ranges.without(range);
            case IndexKey.Value value -> {}
            case IndexKey.Folded folded -> {}
            case IndexKey.Present present -> {}
        }
    }

    boolean isEmpty() {
        return keys == 0;
    }

    /** Calls for each key that a value has. */
    void find(String path, JsonNode value, Consumer<IndexKey> found) {
        found.accept(new IndexKey.Present(path));
        found.accept(new IndexKey.Value(path, PayloadFields.key(value)));
        if (value.isTextual()) {
            String text = value.textValue();
            found.accept(new IndexKey.Folded(path, text.toLowerCase(Locale.ROOT)));
            for (Probe probe : parts.keySet())
                if (probe.fits(text)) found.accept(new IndexKey.Part(probe.comparison(), path, probe.part(text)));
        } else if (value.isNumber()) ranges.find(value.doubleValue() + 0.0, found::accept);
    }
}
