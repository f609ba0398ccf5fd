package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads filters of the CloudEvents Subscriptions API, and says where in the document one is wrong. */
final class FilterReader {

    static final List<String> DIALECTS = List.of("exact", "prefix", "suffix", "all", "any", "not", "sql", "data");

    private static final int MAX_DEPTH = 16;
    private static final int MAX_FILTERS = 500;
    private static final int MAX_VALUE = 4_096;
    private static final Condition.All NOTHING = new Condition.All(List.of());

    private final Findings findings;
    private int filters;

    FilterReader(Findings findings) {
        this.findings = findings;
    }

    /** Reads the list of filters, all of which must be true. */
    Condition read(JsonNode document, String pointer) {
        return new Condition.All(list(document, pointer, 0));
    }

    private List<Condition> list(JsonNode document, String pointer, int depth) {
        List<Condition> conditions = new ArrayList<>();
        if (!document.isArray()) {
            findings.problem(
                    pointer, "is " + Members.kind(document) + ", not an array", "Use an array of filters: […].");
            return conditions;
        }
        for (int i = 0; i < document.size(); i++) conditions.add(filter(document.get(i), pointer + "/" + i, depth));
        return conditions;
    }

    private Condition filter(JsonNode document, String pointer, int depth) {
        if (!document.isObject() || document.size() != 1) {
            findings.problem(
                    pointer,
                    "is not an object with exactly one dialect",
                    "Use one dialect per filter, such as {\"exact\": {\"type\": \"customer.created\"}}.");
            return NOTHING;
        }
        if (depth > MAX_DEPTH || ++filters > MAX_FILTERS) {
            findings.problem(
                    pointer,
                    depth > MAX_DEPTH
                            ? "is nested more than " + MAX_DEPTH + " deep"
                            : "is one of more than " + MAX_FILTERS + " filters",
                    "Simplify the filters, or combine them in one sql expression.");
            return NOTHING;
        }
        String dialect = document.fieldNames().next();
        JsonNode value = document.get(dialect);
        String at = pointer + "/" + Members.escape(dialect);
        return switch (dialect) {
            case "exact" -> attributes(Comparison.EXACT, value, at);
            case "prefix" -> attributes(Comparison.PREFIX, value, at);
            case "suffix" -> attributes(Comparison.SUFFIX, value, at);
            case "all" -> new Condition.All(nested(value, at, depth));
            case "any" -> any(value, at, depth);
            case "not" -> new Condition.Not(filter(value, at, depth + 1));
            case "sql" ->
                SqlFilters.compile(value, at, findings).<Condition>map(c -> c).orElse(NOTHING);
            case "data" ->
                DataFilters.compile(value, at, findings).<Condition>map(c -> c).orElse(NOTHING);
            default -> {
                findings.problem(at, "unknown dialect \"" + dialect + "\"", Names.nearest(dialect, DIALECTS));
                yield NOTHING;
            }
        };
    }

    private Condition any(JsonNode value, String pointer, int depth) {
        List<Condition> parts = nested(value, pointer, depth);
        return parts.isEmpty() ? NOTHING : new Condition.Any(parts);
    }

    private List<Condition> nested(JsonNode value, String pointer, int depth) {
        if (value.isArray() && value.isEmpty()) findings.problem(pointer, "has no filters", "Add at least one filter.");
        return list(value, pointer, depth + 1);
    }

    private Condition attributes(Comparison comparison, JsonNode value, String pointer) {
        if (!value.isObject() || value.isEmpty()) {
            findings.problem(
                    pointer,
                    value.isObject() ? "contains no attribute" : "is " + Members.kind(value) + ", not an object",
                    "Map attribute names to strings, such as {\"type\": \"customer.created\"}.");
            return NOTHING;
        }
        Map<String, String> expected = new LinkedHashMap<>();
        value.properties().forEach(member -> {
            String at = pointer + "/" + Members.escape(member.getKey());
            if (!member.getKey().matches("[a-z0-9]{1,64}"))
                findings.problem(
                        at,
                        "\"" + member.getKey() + "\" is not a CloudEvents attribute name",
                        "Use lower-case letters and digits. To filter by the payload, use the data dialect.");
            Members.text(member.getValue(), at, MAX_VALUE, findings)
                    .ifPresent(text -> expected.put(member.getKey(), text));
        });
        return new Condition.Attributes(comparison, expected);
    }
}
