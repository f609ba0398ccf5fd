package io.eventful.subscription;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Ends subscriptions whose time is up, or that have taken as many events as they may. They take nothing more from that
 * moment on by themselves; this tells everybody. One that is spent ends when what it took is delivered.
 */
final class EndingJob implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EndingJob.class);
    private static final long EVERY_SECONDS = 1;

    private final StoredSubscriptions subscriptions;
    private final Supplier<Progress> progress;
    private final ScheduledExecutorService timer;
    /** Spent, with nothing left to deliver when they were last looked at. Used by the timer's one thread. */
    private Set<String> idle = Set.of();

    private volatile boolean running;

    /** @param progress asked for late: who delivers needs the registry first */
    EndingJob(StoredSubscriptions subscriptions, Supplier<Progress> progress, ScheduledExecutorService timer) {
        this.subscriptions = subscriptions;
        this.progress = progress;
        this.timer = timer;
    }

    @Override
    public void start() {
        running = true;
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    void look() {
        try {
            Set<String> before = idle;
            idle = new HashSet<>();
            for (Subscription subscription : subscriptions.overdue()) {
                String id = subscription.id();
                boolean over = expired(subscription);
                boolean done = !over && progress.get().of(subscription).lag() == 0;
                // Its last event is counted a moment before it shows as waiting: one look is not enough.
                if (over || done && before.contains(id)) subscriptions.end(id);
                else if (done) idle.add(id);
            }
        } catch (RuntimeException refused) {
            LOG.warn("subscription.not-ended", refused);
        }
    }

    private boolean expired(Subscription subscription) {
        return subscriptions
                .ended(subscription)
                .filter(ended -> ended.reason().equals(Endings.EXPIRED))
                .isPresent();
    }

    @Override
    public void stop() {
        running = false;
        timer.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
