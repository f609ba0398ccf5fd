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

/** The members that running routes take out by their option {@code redact}: what no ledger has, no file should have. */
final class RedactedMembers {

    private static final Pattern OPTION = Pattern.compile("[?&]redact=([^&]*)");

    private RedactedMembers() {}

    /**
     * Names of the members.
     *
     * @param routes as the admin API shows them
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

    /** The last name of a pointer; an element of an array has that of the array. */
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
