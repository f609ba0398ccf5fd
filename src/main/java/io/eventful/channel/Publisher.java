package io.eventful.channel;

import io.eventful.event.Causes;
import io.eventful.event.Event;
import io.eventful.event.Publication;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Publishes events: first to the store, then to the broker, so that who receives an event can always find its publication.
 * One that is too large becomes its claim check.
 */
record Publisher(BrokerSettings.Publish limits, StoredPublications publications, Executor workers) {

    /**
     * Completes when the broker has the event on disk.
     *
     * @param broker sends an event to the destination of the channel
     */
    CompletionStage<Void> publish(String channel, Event event, Function<Event, CompletionStage<Void>> broker) {
        Event fitting;
        try {
            fitting = fitting(event);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedStage(e);
        }
        return publications
                .store(channel, fitting)
                .thenCompose(publication -> send(broker, publication, fitting))
                .thenAccept(publications::announce)
                // What follows may take its time, and must not hold up the store or the broker.
                .whenCompleteAsync((ok, failure) -> {}, workers);
    }

    /** The event, or its claim check when it is too large for any broker of this gateway. */
    private Event fitting(Event event) {
        long limit = limits.eventSize().toBytes();
        if (event.data().length <= limit) return event;
        return event.claimCheck()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The event's data is larger than eventful.broker.publish.event-size, " + limit
                                + " bytes, and a step has changed it, so it cannot be replaced by a claim check: raise"
                                + " the limit, or publish a notification"));
    }

    /**
     * A destination may take less than the limit; only its answer tells. What it is sent instead is kept instead, so that
     * whoever is sent it from the store gets the same.
     */
    private CompletionStage<Publication> send(
            Function<Event, CompletionStage<Void>> broker, Publication kept, Event event) {
        return broker.apply(event).thenApply(sent -> kept).exceptionallyCompose(failure -> {
            Optional<Event> check =
                    Causes.of(failure) instanceof EventTooLargeException ? event.claimCheck() : Optional.empty();
            if (check.isEmpty()) return CompletableFuture.failedStage(Causes.of(failure));
            return publications
                    .replace(kept, check.get())
                    .thenCompose(replaced -> broker.apply(check.get()).thenApply(sent -> replaced));
        });
    }
}
