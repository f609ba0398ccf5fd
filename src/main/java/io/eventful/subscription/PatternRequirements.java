package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What the payload of an event must have to match an event pattern, of what can be looked up. */
final class PatternRequirements {

    private PatternRequirements() {}

    static List<Requirement> of(JsonNode pattern) {
        return members("", pattern);
    }

    private static List<Requirement> members(String path, JsonNode pattern) {
        List<Requirement> all = new ArrayList<>();
        pattern.properties().forEach(member -> {
            JsonNode value = member.getValue();
            String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (ElementPattern.isChoice(member.getKey(), value)) all.addAll(choice(path, value));
            else if (value.isObject()) all.addAll(members(at, value));
            else all.addAll(values(at, value));
        });
        return all;
    }

    private static List<Requirement> choice(String path, JsonNode alternatives) {
        return Requirement.ofOne(StreamSupport.stream(alternatives.spliterator(), false)
                .map(each -> members(path, each))
                .toList());
    }

    private static List<Requirement> values(String path, JsonNode values) {
        Set<IndexKey> keys = new HashSet<>();
        for (JsonNode value : values) {
            IndexKey key =
                    value.isObject() ? comparison(path, value) : new IndexKey.Value(path, PayloadFields.key(value));
            if (key == null) return List.of();
            keys.add(key);
        }
        return keys.isEmpty() ? List.of() : List.of(new Requirement(keys));
    }

    /** Null for what an event without the member may meet. */
    private static @Nullable IndexKey comparison(String path, JsonNode wanted) {
        var member = wanted.properties().iterator().next();
        JsonNode value = member.getValue();
        if (member.getKey().equals("exists")) return value.booleanValue() ? new IndexKey.Present(path) : null;
        if (member.getKey().equals("numeric")) return range(path, value);
        if (!value.isTextual()) return new IndexKey.Present(path);
        String text = value.textValue();
        return switch (member.getKey()) {
            case "prefix" -> new IndexKey.Part(Comparison.PREFIX, path, text);
            case "suffix" -> new IndexKey.Part(Comparison.SUFFIX, path, text);
            case "wildcard" -> wildcard(path, text);
            case "equals-ignore-case" ->
                isAscii(text) ? new IndexKey.Folded(path, text.toLowerCase(Locale.ROOT)) : new IndexKey.Present(path);
            default -> new IndexKey.Present(path);
        };
    }

    /** Only there do upper and lower case belong to each other one to one. */
    private static boolean isAscii(String text) {
        return text.chars().allMatch(each -> each < 128);
    }

    /** What is before the first, or after the last star; a backslash takes the meaning of the next character away. */
    private static IndexKey wildcard(String path, String text) {
        if (text.indexOf('\\') >= 0) return new IndexKey.Present(path);
        int first = text.indexOf('*');
        if (first < 0) return new IndexKey.Part(Comparison.PREFIX, path, text);
        if (first > 0) return new IndexKey.Part(Comparison.PREFIX, path, text.substring(0, first));
        return new IndexKey.Part(Comparison.SUFFIX, path, text.substring(text.lastIndexOf('*') + 1));
    }

    /** Operators and numbers in turn. Bounds that are not included are taken in: a number is rounded to a double. */
    private static IndexKey range(String path, JsonNode conditions) {
        double low = Double.NEGATIVE_INFINITY;
        double high = Double.POSITIVE_INFINITY;
        for (int i = 0; i + 1 < conditions.size(); i += 2) {
            double bound = conditions.get(i + 1).doubleValue() + 0.0;
            String operator = conditions.get(i).asText();
            if (!operator.startsWith("<")) low = Math.max(low, bound);
            if (!operator.startsWith(">")) high = Math.min(high, bound);
        }
        return new IndexKey.Range(path, low, high);
    }
}
