package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many elements the arrays of a document have, by their dotted paths. event-ruler tries every combination of elements
 * of different arrays, so their product tells how long it may take.
 */
record ArrayCounts(Map<String, Integer> elements) {

    static ArrayCounts of(JsonNode document) {
        Map<String, Integer> elements = new HashMap<>();
        count("", document, elements);
        return new ArrayCounts(elements);
    }

    private static void count(String path, JsonNode json, Map<String, Integer> elements) {
        if (json.isObject()) {
            json.properties().forEach(member -> count(path(path, member.getKey()), member.getValue(), elements));
        } else if (json.isArray()) {
            elements.merge(path, json.size(), Integer::sum);
            for (JsonNode element : json) count(path, element, elements);
        }
    }

    /** The path of a member, as event-ruler writes it. */
    static String path(String parent, String name) {
        return parent.isEmpty() ? name : parent + "." + name;
    }

    /** Combinations of elements of the arrays at some paths. */
    double combinations(Set<String> paths) {
        double product = 1;
        for (String path : paths) product *= Math.max(1, elements.getOrDefault(path, 1));
        return product;
    }
}
