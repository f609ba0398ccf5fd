package io.eventful.subscription;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the declared subscriptions as the file says, at the start and after each change of it. A faulty file is reported
 * with all its problems and changes nothing. A file that is gone declares nothing, so what it declared before ends; one
 * that was never there is no matter.
 */
final class Declarations implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Declarations.class);
    private static final long EVERY_SECONDS = 1;
    /** Before the routes, so that the first event finds them. */
    private static final int PHASE = 900;

    private final SubscriptionSets sets;
    private final SubscriptionsSettings settings;
    private final ScheduledExecutorService timer;
    private @Nullable String seen;
    private @Nullable String fresh;
    /** Why it could not be applied the last time. */
    private @Nullable String refused;

    private volatile boolean running;

    Declarations(SubscriptionSets sets, SubscriptionsSettings settings, ScheduledExecutorService timer) {
        this.sets = sets;
        this.settings = settings;
        this.timer = timer;
    }

    @Override
    public void start() {
        running = true;
        if (settings.file().isEmpty()) return;
        look();
        if (settings.reload())
            timer.scheduleWithFixedDelay(this::watch, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Applies a change when it is found a second time: a file that is just being written, or replaced, is empty, short or
     * gone for a moment, and would end the subscriptions that it seems not to name any more.
     */
    synchronized void watch() {
        try {
            String text = text();
            if (text.equals(fresh)) look();
            fresh = text;
        } catch (IOException unreadable) {
            fresh = null;
            look();
        }
    }

    /** Reads the file and, when its text is not that of the last time, applies it. */
    synchronized void look() {
        String text = "";
        try {
            text = text();
            if (text.equals(seen)) return;
            // A faulty text is not tried again: it is reported once.
            seen = text;
            List<SubscriptionSets.Item> items = sets.declare(text);
            refused = null;
            if (!items.isEmpty())
                LOG.info(
                        "subscription.declared file={} changes=\"{}\"",
                        settings.file(),
                        items.stream()
                                .filter(item -> item.result() != SubscriptionSets.Result.UNCHANGED)
                                .map(item -> item.name() + " " + item.result())
                                .collect(Collectors.joining(", ")));
        } catch (InvalidSubscriptionException e) {
            refused = null;
            SheetPlaces places = SheetPlaces.of(text);
            for (RequestProblem problem : e.problems())
                LOG.error(
                        "subscription.declaration-faulty place={} at=\"{}\" problem=\"{}\" remedy=\"{}\"",
                        settings.file() + places.at(problem.pointer()),
                        problem.pointer(),
                        problem.detail(),
                        problem.remedy());
        } catch (IOException | RuntimeException e) {
            // Tried again every second: a reason is told once.
            if (!e.toString().equals(refused))
                LOG.error("subscription.declarations-not-applied file={}", settings.file(), e);
            refused = e.toString();
            seen = null;
        }
    }

    private String text() throws IOException {
        try {
            return Files.readString(Path.of(settings.file()));
        } catch (NoSuchFileException absent) {
            return "";
        }
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

    @Override
    public int getPhase() {
        return PHASE;
    }
}
