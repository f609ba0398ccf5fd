package io.eventful.channel;

import io.eventful.event.Event;

/** A message on its way to a receiver. Touched by one thread at a time: its attempts follow each other. */
final class DispatchTask {

    final Inbound message;
    final Event event;
    int attempts;
    /** Failed attempts, without those that failed because a broker or the store was away. */
    int failures;

    DispatchTask(Inbound message, Event event) {
        this.message = message;
        this.event = event;
    }
}
