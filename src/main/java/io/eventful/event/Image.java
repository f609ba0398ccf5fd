package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;

/** What is known about an item before or after a change. */
public sealed interface Image {

    /** The whole item, as JSON whose numbers keep their original text. */
    record Known(JsonNode json) implements Image {}

    /** The item did not exist: before a create, after a delete. */
    record Absent() implements Image {}

    /**
     * A body that is not stored, because it is too large, not JSON, or has duplicate keys.
     *
     * @param size bytes
     * @param digest {@code sha-256:<hex>} of the body's bytes
     * @param mediaType as sent; empty when there was none
     * @param reason {@code too-large}, {@code not-json}
     */
    record Digested(long size, String digest, String mediaType, String reason) implements Image {}

    /**
     * The item is not known.
     *
     * @param reason short reason code, such as {@code fetch-failed:403}
     */
    record Unknown(String reason) implements Image {}
}
