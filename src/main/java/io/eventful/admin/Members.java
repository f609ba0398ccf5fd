package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Strict access to the members of a JSON object in a request: unknown members and values of the wrong type are rejected,
 * without any conversion (1 is not true, and an array with one string is not a string).
 */
final class Members {

    private final JsonNode object;

    private Members(JsonNode object) {
        this.object = object;
    }

    /** @throws ApiProblem 400 if it is not an object or has unknown members */
    static Members of(JsonNode document, String... known) {
        if (!document.isObject()) throw ApiProblem.at("", "must be a JSON object");
        List<String> names = List.of(known);
        for (Iterator<String> given = document.fieldNames(); given.hasNext(); ) {
            String name = given.next();
            if (!names.contains(name))
                throw ApiProblem.at(
                        pointer(name), "is not a known member; the members are " + String.join(", ", names));
        }
        return new Members(document);
    }

    /** The members of an optional body. Throws {@link ApiProblem} 400, 413 or 415. */
    static Members optional(HttpServletRequest request, String... known) throws IOException {
        boolean none = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
        return none ? of(JsonNodeFactory.instance.objectNode(), known) : of(JsonBodies.read(request), known);
    }

    /** Whether a member is true; false if it is absent or null. */
    boolean isTrue(String name) {
        JsonNode value = object.path(name);
        if (isNone(value)) return false;
        if (!value.isBoolean()) throw ApiProblem.at(pointer(name), "must be true or false");
        return value.booleanValue();
    }

    /** A string; null if it is absent or null. */
    @Nullable
    String text(String name) {
        JsonNode value = object.path(name);
        if (isNone(value)) return null;
        if (!value.isTextual()) throw ApiProblem.at(pointer(name), "must be a string");
        return value.textValue();
    }

    /** A ledger position: a whole number, or a string as in events. */
    long position(String name) {
        JsonNode value = object.path(name);
        String text = value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
        if (!text.matches("[1-9][0-9]{0,17}")) throw ApiProblem.at(pointer(name), "must be the position of a change");
        return Long.parseLong(text);
    }

    /** Any value; null if it is absent or null. */
    @Nullable
    JsonNode value(String name) {
        JsonNode value = object.path(name);
        return isNone(value) ? null : value;
    }

    private static boolean isNone(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    private static String pointer(String name) {
        return '/' + name.replace("~", "~0").replace("/", "~1");
    }
}
