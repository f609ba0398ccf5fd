package io.eventful.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Header fields in their original order and spelling, repeated ones kept separate (RFC 9110 §5). Immutable; look-ups
 * ignore case.
 *
 * @param entries name and value of each field line
 */
public record Fields(List<Field> entries) {

    /** One field line. */
    public record Field(String name, String value) {}

    public static final Fields NONE = new Fields(List.of());

    public Fields {
        entries = List.copyOf(entries);
    }

    /** The first value of a field. */
    public Optional<String> first(String name) {
        for (Field field : entries) if (field.name().equalsIgnoreCase(name)) return Optional.of(field.value());
        return Optional.empty();
    }

    /** All values of a field, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (Field field : entries) if (field.name().equalsIgnoreCase(name)) values.add(field.value());
        return values;
    }

    /** These fields and one more. */
    public Fields and(String name, String value) {
        List<Field> all = new ArrayList<>(entries);
        all.add(new Field(name, value));
        return new Fields(all);
    }

    /** These fields without one name. */
    public Fields without(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return new Fields(entries.stream()
                .filter(field -> !field.name().toLowerCase(Locale.ROOT).equals(wanted))
                .toList());
    }
}
