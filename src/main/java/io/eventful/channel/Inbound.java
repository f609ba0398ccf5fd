package io.eventful.channel;

import io.eventful.event.Event;
import java.util.concurrent.CompletionStage;

/** A message taken from a broker. */
interface Inbound {

    /** What the message says. */
    sealed interface Content {}

    /** A CloudEvent. */
    record Readable(Event event) implements Content {}

    /** Something else; the reason is short and quotes nothing of the message. */
    record Unreadable(String reason) implements Content {}

    Content content();

    /** Bytes of the body. */
    int size();

    /** False when the broker will hand the message out again, since the session it came with is gone. */
    boolean alive();

    /** Allows the acknowledgement, which follows in batches. */
    void done();

    /** Copies the message to the dead-letter destination; completes when the broker has it. */
    CompletionStage<Void> bury(Grave grave);

    /**
     * Why a message is dead.
     *
     * @param channel where it was consumed
     * @param consumer whose attempts failed
     * @param reason short text, quotes no body
     * @param attempts how often it was tried
     */
    record Grave(String channel, String consumer, String reason, int attempts) {}
}
