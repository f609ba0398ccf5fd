package io.eventful.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.JsonPointers;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The members that the running routes redact ({@code redact}); a recorded test must not contain them, either. */
final class RedactedMembers {

    private static final Pattern OPTION = Pattern.compile("[?&]redact=([^&]*)");

    private RedactedMembers() {}

    /**
     * Names of the members.
     *
     * @param routes response of {@code GET /api/routes}
     */
    static Set<String> of(JsonNode routes) {
        Set<String> names = new HashSet<>();
        for (JsonNode route : routes.path("routes")) {
            Matcher option = OPTION.matcher(route.path("from").asText());
            if (!option.find()) continue;
            for (String pointer : decoded(option.group(1)).split(",")) name(pointer.strip(), names);
        }
        return names;
    }

    /** Adds the last member name of a pointer; for an array element, the name of the array. */
    private static void name(String pointer, Set<String> names) {
        if (!pointer.startsWith("/")) return;
        List<String> tokens = JsonPointers.tokens(pointer);
        for (String token : tokens.reversed()) {
            if (token.matches("[0-9]+")) continue;
            names.add(token);
            return;
        }
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
