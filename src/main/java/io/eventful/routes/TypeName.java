package io.eventful.routes;

import io.eventful.event.Rendering;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The name of a data type with its options, as written in a route file: {@code event:notification?title={resource} {id}}.
 * Values are literal, except for percent-encoding of characters that a value cannot contain, such as {@code %26}.
 *
 * @param rendering pattern or variant
 * @param options checked options
 */
record TypeName(Rendering rendering, Map<String, String> options) {

    /** Parses a name. Fails with {@link IllegalArgumentException}, whose message is for the author of the route. */
    static TypeName parse(String type) {
        String plain = plain(type);
        Rendering rendering = Rendering.named(plain.substring(plain.indexOf(':') + 1))
                .orElseThrow(() -> new IllegalArgumentException("there is no data type \"" + plain + "\""));
        Map<String, String> options = new LinkedHashMap<>();
        if (type.length() > plain.length())
            for (String pair : type.substring(plain.length() + 1).split("&")) option(pair, options);
        rendering.check(options);
        return new TypeName(rendering, Map.copyOf(options));
    }

    /** The name without its options. */
    static String plain(String type) {
        int question = type.indexOf('?');
        return question < 0 ? type : type.substring(0, question);
    }

    private static void option(String pair, Map<String, String> options) {
        int equals = pair.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("\"" + pair + "\" is not an option: write name=value");
        String name = pair.substring(0, equals);
        if (options.put(name, decode(pair.substring(equals + 1))) != null)
            throw new IllegalArgumentException("option " + name + " occurs twice");
    }

    private static String decode(String value) {
        if (value.indexOf('%') < 0) return value;
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + value + "\" contains a percent sign that does not start an escape: write %25");
        }
    }
}
