package io.eventful.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Replaces the event type in data that contains it: {@code name} of a notification, {@code detail-type} of EventBridge. */
final class TypeInData {

    /** Members by pattern; only the pattern of an event is known after it was consumed from a channel. */
    private static final Map<String, List<String>> PLACES =
            Map.of("notification", List.of("/name", "/message/data/name"), "state", List.of("/detail-type"));

    private TypeInData() {}

    /** The data with another type, if it contains the former one; otherwise the same data. */
    static byte[] replace(Map<String, String> extensions, byte[] data, String former, String type) {
        for (String place : PLACES.getOrDefault(extensions.getOrDefault("pattern", ""), List.of())) {
            int end = place.lastIndexOf('/');
            var replaced = Json.tryParse(data)
                    .filter(json -> json.at(place).isTextual()
                            && json.at(place).textValue().equals(former))
                    .map(json -> {
                        ((ObjectNode) json.at(place.substring(0, end))).put(place.substring(end + 1), type);
                        return Json.bytes(json);
                    });
            if (replaced.isPresent()) return replaced.get();
        }
        return data;
    }
}
