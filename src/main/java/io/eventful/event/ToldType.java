package io.eventful.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The type of an event where its data tells it as well: a notification's name, what EventBridge calls the detail type. */
final class ToldType {

    /** By pattern, since only the pattern is known of an event that has come over a channel. */
    private static final Map<String, List<String>> PLACES =
            Map.of("notification", List.of("/name", "/message/data/name"), "state", List.of("/detail-type"));

    private ToldType() {}

    /** The data with another type where it tells the former one; the same data where it does not. */
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
