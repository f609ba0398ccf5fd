package io.eventful.subscription;

import io.eventful.event.Event;

/** A filter document, compiled. Thread-safe. */
record CompiledFilter(Condition condition) implements Filter {

    @Override
    public boolean matches(Event event) {
        return condition.test(new EventView(event));
    }
}
