package io.eventful.subscription;

import io.eventful.event.Event;

/** A filter of the CloudEvents Subscriptions API, compiled. */
@FunctionalInterface
public interface Filter {
    boolean matches(Event event);
}
