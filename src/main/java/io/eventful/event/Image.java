package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;

/** What is known about an item before or after a change. */
public sealed interface Image {

    /** How much of an item there is in an image. */
    enum Extent {
        /** Nothing was taken out of what was seen of it. */
        WHOLE,
        /** Members that must not be kept were taken out. */
        REDACTED
    }

    /**
     * The item, as JSON whose numbers keep their original text.
     *
     * @param extent whether members were taken out of it
     */
    record Known(JsonNode json, Extent extent) implements Image {

        public Known(JsonNode json) {
            this(json, Extent.WHOLE);
        }
    }

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

    /** Whether members were taken out, so that the item cannot be put back as it was. */
    default boolean isRedacted() {
        return this instanceof Known(JsonNode json, Extent extent) && extent == Extent.REDACTED;
    }

    /** The same as an image of which members were taken out, if it shows an item at all. */
    default Image redacted() {
        return this instanceof Known(JsonNode json, Extent extent) ? new Known(json, Extent.REDACTED) : this;
    }
}
