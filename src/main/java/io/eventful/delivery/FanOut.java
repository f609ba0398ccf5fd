package io.eventful.delivery;

import io.eventful.event.Event;
import java.util.concurrent.CompletionStage;

/** Brings events to the subscriptions of a channel. */
public interface FanOut {

    /**
     * Delivers an event to every subscription of a channel that wants it. Completes when each delivery has either
     * succeeded or is durably recorded: waiting, in flight after the hand-off, held, or dead. Completes exceptionally
     * when one could not be recorded; a repeat with the same event then sends nothing twice. Does not block on a sink.
     */
    CompletionStage<Void> deliver(String channel, Event event);
}
