package io.eventful.subscription;

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
        LOG.info(
                "subscription.{} id={} sink={}://{} channel={} state={} reason={}",
                what,
                subscription.id(),
                subscription.request().sink().getScheme(),
                subscription.request().sink().getRawAuthority(),
                subscription.request().config().channel(),
                subscription.status().state(),
                subscription.status().reason());
        for (Consumer<Subscription> listener : listeners) {
            try {
                listener.accept(subscription);
            } catch (RuntimeException e) {
                LOG.error("subscription.listener-failed id={}", subscription.id(), e);
            }
        }
    }
}
