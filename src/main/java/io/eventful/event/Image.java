package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;

/** What is known of an item at one side of a change. */
public sealed interface Image {

    /** The whole item, as JSON whose numbers keep their text. */
    record Known(JsonNode json) implements Image {}

    /** There was no item: before a create, after a delete. */
    record Absent() implements Image {}

    /**
     * A body that is not kept, because it is too large, not JSON, or has duplicate keys.
     *
     * @param size bytes
     * @param digest {@code sha-256:<hex>} of the body's bytes
     * @param mediaType as sent; empty when there was none
     * @param reason {@code too-large}, {@code not-json}
     */
    record Digested(long size, String digest, String mediaType, String reason) implements Image {}

    /**
     * The item could not be had.
     *
     * @param reason short reason code, such as {@code fetch-failed:403}
     */
    record Unknown(String reason) implements Image {}
}
