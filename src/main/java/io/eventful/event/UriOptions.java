package io.eventful.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the options of one of the gateway's endpoint URIs; errors name the allowed values. */
public final class UriOptions {

    private final String scheme;
    private final Map<String, String> values;

    /** @param scheme scheme of the URI, such as {@code capture} */
    public UriOptions(String scheme, Map<String, String> values) {
        this.scheme = scheme;
        this.values = values;
    }

    /**
     * The parsed value of an option.
     *
     * @param standard default, as text
     * @param allowed description of the allowed values, for the error message
     */
    public <T> T value(String name, String standard, Function<String, T> reader, String allowed) {
        String text = values.getOrDefault(name, standard);
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(name, text, allowed);
        }
    }

    /** An enum constant, by its name in lower case. */
    public <E extends Enum<E>> E oneOf(String name, E standard, E[] all) {
        String text = values.get(name);
        if (text == null) return standard;
        for (E one : all) if (word(one).equals(text.strip())) return one;
        throw wrong(name, text, Arrays.stream(all).map(UriOptions::word).collect(Collectors.joining(", ")));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The exception for an invalid value. */
    public IllegalArgumentException wrong(String name, String value, String allowed) {
        return wrong(scheme, name, value, allowed);
    }

    /** The same for an option that is checked separately. */
    public static IllegalArgumentException wrong(String scheme, String name, String value, String allowed) {
        return new IllegalArgumentException(
                scheme + ": option " + name + "=" + value + " is invalid; allowed: " + allowed);
    }
}
