package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One thing that a sender tells.
 *
 * @param id the sender's name for it, the same on each repeat; empty when it has none
 * @param key what makes the id unique among all that come to the same path; empty: the id is
 * @param event the sender's name for what happened; empty when it has none
 * @param state what is kept
 */
record Delivery(String id, String key, String event, JsonNode state) {

    Delivery(String id, String event, JsonNode state) {
        this(id, "", event, state);
    }
}
