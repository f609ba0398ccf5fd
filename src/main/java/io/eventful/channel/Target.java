package io.eventful.channel;

import io.eventful.event.Event;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** A destination at a broker. */
record Target(Broker broker, String destination) {

    CompletionStage<Void> send(Event event) {
        return broker.send(destination, event);
    }

    CompletionStage<Void> declare(String consumer) {
        return broker.declare(destination, consumer);
    }

    Broker.Subscription subscribe(String consumer, Dispatcher dispatcher) {
        return broker.subscribe(destination, consumer, dispatcher);
    }

    /** As {@link Broker#kept}. */
    OptionalLong kept(String consumer) {
        return broker.kept(destination, consumer);
    }

    /** Whether nothing is there for a consumer; false also while it is not known. */
    boolean isEmpty(String consumer) {
        return kept(consumer).equals(OptionalLong.of(0));
    }
}
