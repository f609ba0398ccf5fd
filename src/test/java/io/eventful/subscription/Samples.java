package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events and requests for tests. */
final class Samples {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    private Samples() {}

    static SubscriptionRequests requests() {
        return new SubscriptionRequests(new SinkGuard(List.of()), host -> List.of());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A request to a public sink with more members, in JSON with single quotes. */
    static SubscriptionRequest request(String members) {
        return requests()
                .parse(json("{'sink':'https://example.com/hook','protocol':'HTTP'"
                        + (members.isEmpty() ? "" : "," + members) + "}"));
    }

    static Event event(String type, String subject, long position, String data) {
        return new Event(
                "id" + position,
                "/upstreams/default",
                type,
                subject,
                TIME,
                "application/json",
                null,
                Map.of("position", Long.toString(position), "partitionkey", subject, "pattern", "state"),
                data.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    static Event event(String type) {
        return event(type, "/customers/42", 7, "{'action':'updated','state':{'id':42,'country':'DE','age':30}}");
    }
}
