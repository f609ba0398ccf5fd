package io.eventful.edge;

/** The part of a body that was read into memory. */
public sealed interface Body {

    /** The whole body; nothing remains to be read. */
    record Whole(byte[] bytes) implements Body {}

    /**
     * The body is larger than the limit: its beginning; the rest is unread (back-pressure). Size and digest of the whole
     * body are known after it was passed on ({@link Call#forward} or {@link Call#answer}).
     */
    record Partial(byte[] beginning) implements Body {}
}
