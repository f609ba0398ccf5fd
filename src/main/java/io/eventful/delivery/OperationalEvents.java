package io.eventful.delivery;

import io.eventful.event.Event;
import java.util.concurrent.CompletionStage;

/** Where events about the gateway itself are published. */
@FunctionalInterface
public interface OperationalEvents {

    /** Only subscriptions that name it get them. */
    String CHANNEL = "eventful.operations";

    /** Publishes; never blocks. */
    CompletionStage<Void> publish(Event event);
}
