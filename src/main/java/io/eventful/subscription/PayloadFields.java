package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.subscription.Requirement.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plain values at dotted paths of a JSON document, as event patterns see them: names are joined by dots, and elements of
 * arrays are at the path of their array.
 */
final class PayloadFields {

    private static final String TEXT = "s";

    private PayloadFields() {}

    /** Takes one value of a document. */
    @FunctionalInterface
    interface Visitor {
        void value(String path, String key);
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
        } else {
            String key = key(json);
            if (key != null) visitor.value(path, key);
        }
    }

    /** The text of a value; empty if it is another one. */
    static Optional<String> text(String key) {
        return key.startsWith(TEXT) ? Optional.of(key.substring(TEXT.length())) : Optional.empty();
    }

    /** What a pattern demands to be equal to, or to start or end with, one of some values. */
    static List<Requirement.Field> demanded(JsonNode pattern) {
        List<Requirement.Field> fields = new ArrayList<>();
        demanded("", pattern, fields);
        return fields;
    }

    private static void demanded(String path, JsonNode pattern, List<Requirement.Field> fields) {
        pattern.properties().forEach(member -> {
            // The branches of $or are alternatives: none of them alone is demanded.
            if (member.getKey().equals("$or")) return;
            String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (member.getValue().isObject()) {
                demanded(at, member.getValue(), fields);
                return;
            }
            Set<Candidates.Key> keys = new LinkedHashSet<>();
            for (JsonNode value : member.getValue()) {
                Candidates.Key key = key(at, value);
                if (key == null) return;
                keys.add(key);
            }
            if (!keys.isEmpty()) fields.add(new Requirement.Field(List.copyOf(keys)));
        });
    }

    /** Null for a comparison that cannot be looked up. */
    private static Candidates.@Nullable Key key(String path, JsonNode wanted) {
        if (wanted.isObject()) {
            if (wanted.path("prefix").isTextual())
                return new Candidates.Part(
                        Comparison.PREFIX, path, wanted.path("prefix").textValue());
            if (wanted.path("suffix").isTextual())
                return new Candidates.Part(
                        Comparison.SUFFIX, path, wanted.path("suffix").textValue());
            return null;
        }
        String value = key(wanted);
        return value == null ? null : new Candidates.Value(path, value);
    }

    /** A text that equal values share; numbers are compared as doubles, which never tells equal ones apart. */
    private static @Nullable String key(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> TEXT + value.textValue();
            case NUMBER -> "n" + (value.doubleValue() + 0.0);
            case BOOLEAN -> "b" + value.booleanValue();
            case NULL -> "z";
            default -> null;
        };
    }
}
