package io.eventful.edge;

/** What was read of a body. */
public sealed interface Body {

    /** The whole body; nothing remains to be read. */
    record Whole(byte[] bytes) implements Body {}

    /**
     * The body is larger than the limit: its beginning, with the remainder unread and held back. Size and digest of
     * the whole become known when it has been passed on ({@link Call#forward} or {@link Call#answer}).
     */
    record Partial(byte[] beginning) implements Body {}
}
