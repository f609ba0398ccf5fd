package io.eventful.command;

import io.eventful.event.Event;
import java.util.concurrent.CompletionStage;

/** Publishes events of commands. The gateway's wiring gives it. */
@FunctionalInterface
public interface Announcer {

    /** The channel of these events. */
    String CHANNEL = "eventful.commands";

    /** Publishes an event on {@link #CHANNEL}; completes when that is durable. A repeat is recognised by its id. */
    CompletionStage<Void> publish(Event event);
}
