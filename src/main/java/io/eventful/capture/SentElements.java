package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.JsonPointers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a request that those of its reply are about. What is sent is an array of bare items, by itself or wrapped
 * like the reply's.
 */
final class SentElements {

    private final JsonNode replied;
    private final @Nullable JsonNode sent;
    private final Write.Kind kind;
    private final String id;
    private final String own;
    private final Map<String, List<JsonNode>> byId;
    private final Map<String, List<Integer>> places;

    /** @param replied the elements of the reply */
    SentElements(Sent call, JsonNode replied) {
        this.replied = replied;
        this.sent = array(call);
        this.kind = call.write().kind();
        this.id = call.options().id();
        this.own = id.substring(id.lastIndexOf('/'));
        this.byId = new HashMap<>();
        if (sent != null)
            for (JsonNode one : sent)
                id(one, own)
                        .ifPresent(text -> byId.computeIfAbsent(text, key -> new ArrayList<>(1))
                                .add(one));
        this.places = new HashMap<>();
        for (int i = 0; i < replied.size(); i++) {
            int place = i;
            id(replied.get(i), id)
                    .ifPresent(text -> places.computeIfAbsent(text, key -> new ArrayList<>(1))
                            .add(place));
        }
    }

    private static @Nullable JsonNode array(Sent call) {
        JsonNode request = call.request().json();
        String items = call.options().items();
        if (request == null || items == null) return null;
        return request.isArray()
                ? request
                : JsonPointers.at(request, items).filter(JsonNode::isArray).orElse(null);
    }

    private static Optional<String> id(JsonNode element, String pointer) {
        return JsonPointers.at(element, pointer).filter(JsonNode::isValueNode).map(JsonNode::asText);
    }

    /**
     * The element that the one at a place of the reply is about: the one with its id; where that has none, the one at its
     * place among as many. Several with one id are about one another in their order; when they are not as many, nobody
     * knows which is which.
     */
    Optional<JsonNode> at(int place) {
        if (sent == null) return Optional.empty();
        String text = id(replied.get(place), id).orElse(null);
        List<JsonNode> same = text == null ? List.of() : byId.getOrDefault(text, List.of());
        if (same.size() == 1) return Optional.of(same.getFirst());
        if (!same.isEmpty()) {
            List<Integer> told = places.getOrDefault(text, List.of());
            return told.size() == same.size() ? Optional.of(same.get(told.indexOf(place))) : Optional.empty();
        }
        JsonNode there = sent.size() == replied.size() ? sent.get(place) : null;
        boolean another = there != null
                && kind != Write.Kind.CREATE
                && JsonPointers.at(there, own).isPresent();
        return another ? Optional.empty() : Optional.ofNullable(there);
    }
}
