package io.eventful.capture;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads raw query texts. */
final class Queries {

    private Queries() {}

    /** The first raw {@code name=value} of a parameter. */
    static Optional<String> parameter(String query, String name) {
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0 && decoded(parameter.substring(0, equals)).equals(name)) return Optional.of(parameter);
        }
        return Optional.empty();
    }

    /** A name or value with its escapes read; as it is when they are malformed. */
    static String decoded(String raw) {
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return raw;
        }
    }
}
