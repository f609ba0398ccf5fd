package io.eventful.edge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Header fields in their original order and spelling, repeated ones kept separate (RFC 9110 §5). Immutable; look-ups
 * ignore case.
 *
 * @param entries name and value of each field line
 */
public record Fields(List<Field> entries) {

    /** One field line. */
    public record Field(String name, String value) {}

    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    /** Version 00 has exactly these parts, later ones may have more. */
    private static final Pattern TRACEPARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(-.{0,64})?");

    private static final String PROBLEM = "application/problem+json";

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
        return without(Set.of(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * These fields without some.
     *
     * @param names in lower case
     */
    public Fields without(Set<String> names) {
        return new Fields(entries.stream()
                .filter(field -> !names.contains(field.name().toLowerCase(Locale.ROOT)))
                .toList());
    }

    /** These fields without the hop-by-hop ones: those of the connection, and those that {@code Connection} names (RFC 9110 §7.6.1). */
    public Fields endToEnd() {
        return HopByHopFields.endToEnd(this);
    }

    /** {@code Content-Length} (RFC 9110 §8.6); -1 if there is none that can be read. */
    public long contentLength() {
        String text = first("content-length").orElse("").strip();
        return LENGTH.matcher(text).matches() ? Long.parseLong(text) : -1;
    }

    /** The media type of {@code Content-Type} without its parameters, in lower case; empty if there is none. */
    public String mediaType() {
        return essence(first("content-type").orElse(""));
    }

    /** A media type without its parameters, in lower case. */
    public static String essence(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the body may be an item in JSON: by its media type, or because it has none. A problem document (RFC 9457) is
     * never an item.
     */
    public boolean mayBeJsonItem() {
        String essence = mediaType();
        return essence.isEmpty()
                || (essence.endsWith("/json") || essence.endsWith("+json")) && !essence.equals(PROBLEM);
    }

    /** Whether the client waits to be told to send its body (RFC 9110 §10.1.1). */
    public boolean expectContinue() {
        return first("expect").filter("100-continue"::equalsIgnoreCase).isPresent();
    }

    /** {@code traceparent} (W3C Trace Context); empty if there is none or it is malformed. */
    public Optional<String> traceparent() {
        return first("traceparent").filter(value -> TRACEPARENT.matcher(value).matches());
    }
}
