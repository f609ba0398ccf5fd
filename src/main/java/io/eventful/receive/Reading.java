package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What a genuine request says. */
sealed interface Reading {

    /** It tells of something. */
    record Deliveries(List<Delivery> deliveries) implements Reading {
        public Deliveries {
            deliveries = List.copyOf(deliveries);
        }
    }

    /** It asks whether somebody is here; nothing is kept. */
    record Handshake(JsonNode answer) implements Reading {}

    /** It cannot be read. */
    record Unreadable(Refusal refusal) implements Reading {}

    static Reading one(Delivery delivery) {
        return new Deliveries(List.of(delivery));
    }

    static Reading malformed(String reason) {
        return new Unreadable(Refusal.malformed(reason));
    }
}
