package io.eventful.subscription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.cloudevents.CloudEvent;
import io.eventful.event.Event;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One event as filters see it. What is costly to make is made once for all subscriptions; used by one thread. */
final class EventView {

    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(200).build())
            .build());

    private final Event event;
    private @Nullable JsonNode payload;
    private @Nullable ArrayCounts arrays;
    private @Nullable CloudEvent cloudEvent;

    EventView(Event event) {
        this.event = event;
    }

    Event event() {
        return event;
    }

    Optional<String> attribute(String name) {
        return event.attribute(name);
    }

    /** The payload when it is a JSON object; missing otherwise. */
    JsonNode payload() {
        JsonNode known = payload;
        if (known == null) {
            known = parse();
            payload = known;
        }
        return known;
    }

    /** The arrays of the payload. */
    ArrayCounts arrays() {
        ArrayCounts known = arrays;
        if (known == null) {
            known = ArrayCounts.of(payload());
            arrays = known;
        }
        return known;
    }

    private JsonNode parse() {
        byte[] data = event.data();
        int start = 0;
        while (start < data.length && (data[start] <= ' ' && data[start] >= 0)) start++;
        if (start == data.length || data[start] != '{') return MissingNode.getInstance();
        try {
            return JSON.readTree(data);
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    CloudEvent cloudEvent() {
        CloudEvent known = cloudEvent;
        if (known == null) {
            known = new EventAttributes(event);
            cloudEvent = known;
        }
        return known;
    }
}
