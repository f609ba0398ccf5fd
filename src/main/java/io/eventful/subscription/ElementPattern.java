package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.event.ruler.Machine;

/**
 * An event pattern that is evaluated member by member: an array matches when one of its elements matches all of the
 * pattern below it. That is what event-ruler finds, too, but its time grows with the product of the arrays; this one's
 * with the size of the document. Whether a member is absent is asked of each element; event-ruler may ask it of all of
 * them together.
 */
final class ElementPattern {

    private static final String OR = "$or";
    private static final String VALUE = "value";

    /** Names of event-ruler's comparisons: an {@code $or} of those is a member of the document. */
    private static final Set<String> COMPARISONS = Set.of(
            "exact", "prefix", "suffix", "cidr", "anything-but", "numeric", "exists", "equals-ignore-case", "wildcard");

    private sealed interface Part {}

    /** All parts match. */
    private record All(List<Part> parts) implements Part {}

    /** One part matches at least. */
    private record Any(List<Part> parts) implements Part {}

    /** A member matches. */
    private record Member(String name, Part part) implements Part {}

    /** A value is one of those asked for: the machine is for a document whose only member is the value. */
    private record Leaf(Machine machine) implements Part {}

    private final Part top;
    private final Set<String> paths = new TreeSet<>();

    /** @throws IOException when event-ruler does not take a part of the pattern */
    ElementPattern(JsonNode pattern) throws IOException {
        this.top = object(List.of(), pattern);
    }

    /** Dotted paths at which arrays take part in the match. */
    Set<String> paths() {
        return paths;
    }

    boolean matches(JsonNode document) {
        return matches(top, document);
    }

    private Part object(List<String> path, JsonNode pattern) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (var member : pattern.properties()) {
            if (member.getKey().equals(OR) && isAlternatives(member.getValue())) {
                List<Part> alternatives = new ArrayList<>();
                for (JsonNode each : member.getValue()) alternatives.add(object(path, each));
                parts.add(new Any(alternatives));
            } else parts.add(member(path, List.of(member.getKey().split("\\.", -1)), member.getValue()));
        }
        return new All(parts);
    }

    private static boolean isAlternatives(JsonNode or) {
        if (!or.isArray() || or.size() < 2) return false;
        for (JsonNode each : or) {
            if (!each.isObject() || each.isEmpty()) return false;
            if (each.properties().stream().anyMatch(member -> COMPARISONS.contains(member.getKey()))) return false;
        }
        return true;
    }

    /** A name with dots is that of a member of members. */
    private Part member(List<String> parent, List<String> names, JsonNode pattern) throws IOException {
        List<String> path = new ArrayList<>(parent);
        path.add(names.getFirst());
        paths.add(String.join(".", path));
        Part part;
        if (names.size() > 1) part = member(path, names.subList(1, names.size()), pattern);
        else part = pattern.isObject() ? object(path, pattern) : leaf(pattern);
        return new Member(names.getFirst(), part);
    }

    private static Leaf leaf(JsonNode values) throws IOException {
        Machine machine = new Machine();
        machine.addRule(VALUE, value(values).toString());
        return new Leaf(machine);
    }

    private static JsonNode value(JsonNode json) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        return json.isMissingNode() ? document : document.set(VALUE, json);
    }

    private static boolean matches(Part part, JsonNode json) {
        return switch (part) {
            case Leaf(Machine machine) ->
                !machine.rulesForJSONEvent(value(json)).isEmpty();
            case Any(List<Part> parts) -> parts.stream().anyMatch(each -> matches(each, json));
            case All(List<Part> parts) -> parts.stream().allMatch(each -> matches(each, json));
            case Member(String name, Part inner) -> below(inner, json.path(name));
        };
    }

    /** An array is a choice of its elements. */
    private static boolean below(Part part, JsonNode json) {
        if (part instanceof Leaf || !json.isArray()) return matches(part, json);
        for (JsonNode element : json) if (below(part, element)) return true;
        return json.isEmpty() && matches(part, MissingNode.getInstance());
    }
}
