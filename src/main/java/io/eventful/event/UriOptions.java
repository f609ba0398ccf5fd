package io.eventful.event;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Options of one of the gateway's own URIs, as they were given; what cannot be read is told with what is allowed. */
public final class UriOptions {

    private final String scheme;
    private final Map<String, String> values;

    /** @param scheme whose options they are, such as {@code capture} */
    public UriOptions(String scheme, Map<String, String> values) {
        this.scheme = scheme;
        this.values = values;
    }

    /**
     * An option's value, as a reader makes it out.
     *
     * @param standard read when the option is not given
     * @param allowed what the reader takes, in words
     */
    public <T> T value(String name, String standard, Function<String, T> reader, String allowed) {
        String text = values.getOrDefault(name, standard);
        try {
            return reader.apply(text.strip());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw wrong(name, text, allowed);
        }
    }

    /** One of some constants, by its name in lower case. */
    public <E extends Enum<E>> E oneOf(String name, E standard, E[] all) {
        String text = values.get(name);
        if (text == null) return standard;
        for (E one : all) if (word(one).equals(text.strip())) return one;
        throw wrong(name, text, Arrays.stream(all).map(UriOptions::word).collect(Collectors.joining(", ")));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** To be thrown for a value that cannot be. */
    public IllegalArgumentException wrong(String name, String value, String allowed) {
        return wrong(scheme, name, value, allowed);
    }

    /** The same for an option that is checked apart from the others. */
    public static IllegalArgumentException wrong(String scheme, String name, String value, String allowed) {
        return new IllegalArgumentException(
                scheme + ": option " + name + "=" + value + " cannot be; allowed: " + allowed);
    }
}
