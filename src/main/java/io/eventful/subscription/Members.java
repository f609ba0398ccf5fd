package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of one JSON object of a request, by lower-case name; unknown and doubled ones are reported. */
final class Members {

    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, String> pointers = new LinkedHashMap<>();
    private final String pointer;
    private final Findings findings;

    private Members(String pointer, Findings findings) {
        this.pointer = pointer;
        this.findings = findings;
    }

    /** Members that are null count as absent. */
    static Members read(JsonNode json, String pointer, Names names, Findings findings) {
        Members members = new Members(pointer, findings);
        if (!json.isObject()) {
            findings.problem(pointer, "is " + kind(json) + ", not an object", "Use a JSON object: {…}.");
            return members;
        }
        json.properties().forEach(member -> members.add(member.getKey(), member.getValue(), names));
        return members;
    }

    private void add(String written, JsonNode value, Names names) {
        String at = pointer + "/" + escape(written);
        String name = names.canonical(written);
        if (name == null) {
            findings.problem(at, "unknown member \"" + written + "\"", names.remedyFor(written));
            return;
        }
        if (!name.equals(written)) findings.camelCase();
        if (pointers.containsKey(name))
            findings.problem(at, "the member is also set at " + pointers.get(name), "Remove one of the two.");
        pointers.put(name, at);
        if (!value.isNull()) values.put(name, value);
    }

    @Nullable
    JsonNode get(String name) {
        return values.get(name);
    }

    /** Where a member is, or would be. */
    String at(String name) {
        return pointers.getOrDefault(name, pointer + "/" + name);
    }

    /** A text member; empty when absent or reported as wrong. */
    Optional<String> text(String name, int maximum) {
        JsonNode value = values.get(name);
        if (value == null) return Optional.empty();
        return text(value, at(name), maximum, findings);
    }

    static Optional<String> text(JsonNode value, String pointer, int maximum, Findings findings) {
        if (!value.isTextual()) {
            findings.problem(pointer, "is " + kind(value) + ", not a string", "Use a non-empty string.");
        } else if (value.textValue().isEmpty()) {
            findings.problem(pointer, "is empty", "Use a non-empty string, or remove the member.");
        } else if (value.textValue().length() > maximum) {
            findings.problem(pointer, "is longer than " + maximum + " characters", "Shorten it.");
        } else {
            return Optional.of(value.textValue());
        }
        return Optional.empty();
    }

    /** A text member that must be one of some words. */
    Optional<String> word(String name, String... words) {
        Optional<String> value = text(name, 64);
        if (value.isEmpty() || List.of(words).contains(value.get())) return value;
        findings.problem(
                at(name),
                "\"" + value.get() + "\" is not one of " + String.join(", ", words),
                Names.nearest(value.get(), List.of(words)));
        return Optional.empty();
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> "an array";
            case OBJECT, POJO -> "an object";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            case STRING, BINARY -> "a string";
            case NULL, MISSING -> "null";
        };
    }

    /** A text of a member in which a control character is a problem: a token endpoint takes none (RFC 6749, appendix A). */
    String printable(String name, String text) {
        if (text.chars().anyMatch(Character::isISOControl))
            findings.problem(at(name), "contains a line break or another control character", "Remove it.");
        return text;
    }
}
