package io.eventful.subscription;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an event before it exists: some of its attributes, or how they begin. Nothing is known of its data.
 *
 * @param attributes by CloudEvents name; any other attribute may be there or not
 */
public record EventSketch(Map<String, Known> attributes) {

    /**
     * What is known of an attribute.
     *
     * @param text the value, or its beginning
     * @param part which of both
     */
    public record Known(String text, Part part) {}

    /** How much of a value is known. */
    public enum Part {
        WHOLE,
        BEGINNING
    }

    public EventSketch {
        attributes = Map.copyOf(attributes);
    }

    public EventSketch() {
        this(Map.of("specversion", new Known("1.0", Part.WHOLE)));
    }

    /** The same with an attribute whose value is known. */
    public EventSketch with(String name, String value) {
        return with(name, new Known(value, Part.WHOLE));
    }

    /** The same with an attribute of which only the beginning is known. */
    public EventSketch beginning(String name, String text) {
        return with(name, new Known(text, Part.BEGINNING));
    }

    private EventSketch with(String name, Known known) {
        Map<String, Known> more = new LinkedHashMap<>(attributes);
        more.put(name, known);
        return new EventSketch(more);
    }

    @Nullable
    Known get(String name) {
        return attributes.get(name);
    }

    /** The value of an attribute; null if it is not known, or not wholly. */
    @Nullable
    String value(String name) {
        Known known = attributes.get(name);
        return known == null || known.part() == Part.BEGINNING ? null : known.text();
    }
}
