package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Plain values at dotted paths of a JSON document, as event patterns see them: names are joined by dots, and elements of
 * arrays are at the path of their array.
 */
final class PayloadFields {

    private PayloadFields() {}

    /** Takes a string, number, boolean or null of a document. */
    @FunctionalInterface
    interface Visitor {
        void value(String path, JsonNode value);
    }

    /** Visits every string, number, boolean and null of a document. */
    static void visit(JsonNode json, Visitor visitor) {
        visit("", json, visitor);
    }

    private static void visit(String path, JsonNode json, Visitor visitor) {
        if (json.isObject()) {
            json.properties()
                    .forEach(member -> visit(
                            path.isEmpty() ? member.getKey() : path + "." + member.getKey(),
                            member.getValue(),
                            visitor));
        } else if (json.isArray()) {
            for (JsonNode element : json) visit(path, element, visitor);
        } else if (!json.isMissingNode()) visitor.value(path, json);
    }

    /** A text that equal plain values share; numbers are compared as doubles, which never tells equal ones apart. */
    static String key(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "s" + value.textValue();
            case NUMBER -> "n" + (value.doubleValue() + 0.0);
            case BOOLEAN -> "b" + value.booleanValue();
            default -> "z";
        };
    }
}
