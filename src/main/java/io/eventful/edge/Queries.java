package io.eventful.edge;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Parses raw query strings ({@link RequestHead#query}). Malformed escapes are kept as they are. */
public final class Queries {

    private Queries() {}

    /** Names and values, decoded, in their order; a name without a value has an empty one. */
    public static List<Map.Entry<String, String>> parameters(String query) {
        List<Map.Entry<String, String>> all = new ArrayList<>();
        for (String part : query.split("&")) {
            if (part.isEmpty()) continue;
            int equals = part.indexOf('=');
            all.add(Map.entry(
                    decoded(equals < 0 ? part : part.substring(0, equals)),
                    equals < 0 ? "" : decoded(part.substring(equals + 1))));
        }
        return all;
    }

    /** The first {@code name=value} of a parameter, as it was sent. */
    public static Optional<String> parameter(String query, String name) {
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && decoded(parameter.substring(0, equals)).equals(name)) return Optional.of(parameter);
        }
        return Optional.empty();
    }

    /** A query without some parameters; the others stay as they were sent. */
    static String without(String query, Predicate<String> names) {
        List<String> kept = new ArrayList<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (!names.test(decoded(equals < 0 ? parameter : parameter.substring(0, equals)))) kept.add(parameter);
        }
        return String.join("&", kept);
    }

    /** A raw query as it may stand in a header field: with an escape for each character that is not ASCII. */
    public static String escaped(String query) {
        StringBuilder escaped = new StringBuilder(query.length());
        query.codePoints().forEach(letter -> {
            if (letter < 0x80) escaped.append((char) letter);
            else escaped.append(encoded(Character.toString(letter)));
        });
        return escaped.toString();
    }

    /** A name or value as part of a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** A name or value, decoded: escapes are UTF-8, and a plus sign is a space. */
    public static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return raw;
        }
    }
}
