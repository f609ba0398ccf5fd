package io.eventful.subscription;

import io.eventful.event.LogFacts;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of changes; a listener that fails harms nobody else. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<Consumer<Subscription>> listeners = new CopyOnWriteArrayList<>();

    AutoCloseable add(Consumer<Subscription> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Logs a change and tells everyone. */
    void tell(String what, Subscription subscription) {
        URI sink = subscription.request().sink();
        LOG.info(
                "subscription.{} {}",
                what,
                LogFacts.of(
                        "id",
                        subscription.id(),
                        "sink",
                        sink.getScheme() + "://" + sink.getRawAuthority(),
                        "channel",
                        subscription.request().config().channel(),
                        "state",
                        subscription.status().state(),
                        "reason",
                        subscription.status().reason()));
        for (Consumer<Subscription> listener : listeners) {
            try {
                listener.accept(subscription);
            } catch (RuntimeException e) {
                LOG.error("subscription.listener-failed id={}", subscription.id(), e);
            }
        }
    }
}
