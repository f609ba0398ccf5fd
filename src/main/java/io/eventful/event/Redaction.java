package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The result of a redaction.
 *
 * @param json the remaining document
 * @param removed whether anything was removed
 */
public record Redaction(JsonNode json, boolean removed) {

    /** An array element to be removed; collected before the first removal shifts the indexes. */
    private record Element(ArrayNode array, int index) {}

    static Redaction of(JsonNode json, Collection<String> pointers) {
        boolean found = false;
        for (String pointer : pointers) found |= JsonPointers.at(json, pointer).isPresent();
        if (!found) return new Redaction(json, false);
        if (pointers.contains("")) return new Redaction(NullNode.instance, true);

        JsonNode copy = json.deepCopy();
        List<Element> elements = new ArrayList<>();
        for (String pointer : pointers) take(copy, pointer, elements);
        // From the end, so that no removal shifts an element that another pointer refers to. Pointers may occur twice.
        elements.sort(Comparator.comparingInt(Element::index).reversed());
        Element last = null;
        List<Element> done = new ArrayList<>();
        for (Element element : elements) {
            boolean repeated = done.stream()
                    .anyMatch(other -> other.array() == element.array() && other.index() == element.index());
            if (!repeated) element.array().remove(element.index());
            done.add(element);
        }
        return new Redaction(copy, true);
    }

    private static void take(JsonNode copy, String pointer, List<Element> elements) {
        List<String> tokens = JsonPointers.tokens(pointer);
        JsonNode parent = copy;
        for (String token : tokens.subList(0, tokens.size() - 1)) {
            JsonNode next = JsonPointers.step(parent, token);
            if (next == null) return;
            parent = next;
        }
        String last = tokens.getLast();
        if (parent instanceof ObjectNode object) object.remove(last);
        else if (parent instanceof ArrayNode array && JsonPointers.step(array, last) != null)
            elements.add(new Element(array, JsonPointers.index(last)));
    }
}
