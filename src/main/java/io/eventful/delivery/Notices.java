package io.eventful.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Event;
import io.eventful.event.LogFacts;
import io.eventful.subscription.Status.State;
import io.eventful.subscription.Subscription;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, as events of their own, what becomes of subscriptions. Each is published again until the broker has it; only
 * those that wait for that when the gateway is killed are lost. Never blocks.
 */
final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    static final String SOURCE = "/eventful/operations";
    private static final int MOST_WAITING = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final OperationalEvents operations;
    private final Clock clock;
    private final ScheduledExecutorService scheduler;
    private final Map<String, State> states = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();

    Notices(OperationalEvents operations, Clock clock, ScheduledExecutorService scheduler) {
        this.operations = operations;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** A subscription that was there at the start, which is no news. */
    void known(Subscription subscription) {
        states.putIfAbsent(subscription.id(), subscription.status().state());
    }

    /** The registry has a new form of a subscription. */
    void changed(Subscription subscription) {
        State now = subscription.status().state();
        State before = now == State.DELETED ? states.remove(subscription.id()) : states.put(subscription.id(), now);
        if (before == null || before == now) return;
        String reason = subscription.status().reason();
        switch (now) {
            case DISABLED -> tell("subscription.disabled", subscription, reason);
            case PAUSED -> tell("subscription.paused", subscription, reason);
            case ACTIVE -> {
                if (before != State.PENDING) tell("subscription.resumed", subscription, reason);
            }
            case PENDING, DELETED -> {}
        }
    }

    /** The circuit of an endpoint has opened. */
    void failing(Lane lane, String reason) {
        tell("subscription.failing", lane.subscription(), reason);
    }

    /** The circuit of an endpoint has closed. */
    void recovered(Lane lane) {
        tell("subscription.recovered", lane.subscription(), "");
    }

    private void tell(String type, Subscription subscription, String reason) {
        Instant now = Instant.ofEpochMilli(clock.millis());
        String subject = "/subscriptions/" + subscription.id();
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.put("subscription", subscription.id());
        data.put("status", subscription.status().state().name().toLowerCase(Locale.ROOT));
        if (!reason.isEmpty()) data.put("reason", reason);
        data.put("sink", shown(subscription.request().sink()));
        data.put("time", now.toString());
        if (!subscription.request().config().labels().isEmpty()) {
            ObjectNode labels = data.putObject("labels");
            subscription.request().config().labels().forEach(labels::put);
        }
        Event event = new Event(
                "ops_" + UUID.randomUUID(),
                SOURCE,
                type,
                subject,
                now,
                "application/json",
                null,
                Map.of("partitionkey", subject, "pattern", "notification"),
                data.toString().getBytes(StandardCharsets.UTF_8));
        LOG.info("delivery.notice {}", LogFacts.of("type", type, "subscription", subscription.id(), "reason", reason));
        if (waiting.incrementAndGet() > MOST_WAITING) dropped(event);
        else publish(event, FIRST_PAUSE);
    }

    /** Without what may be a secret of its owner. */
    private static String shown(URI sink) {
        return sink.getScheme() + "://" + sink.getRawAuthority() + sink.getRawPath();
    }

    private void publish(Event event, Duration pause) {
        CompletionStage<Void> published;
        try {
            published = operations.publish(event);
        } catch (RuntimeException refused) {
            later(event, pause, refused);
            return;
        }
        published.whenComplete((done, failure) -> {
            if (failure == null) waiting.decrementAndGet();
            else later(event, pause, failure);
        });
    }

    private void later(Event event, Duration pause, Throwable failure) {
        LOG.warn(
                "delivery.notice-not-published type={} event={} reason={}",
                event.type(),
                event.id(),
                failure.getClass().getSimpleName());
        Duration next = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        try {
            scheduler.schedule(() -> publish(event, next), pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException closed) {
            dropped(event);
        }
    }

    private void dropped(Event event) {
        waiting.decrementAndGet();
        LOG.warn("delivery.notice-dropped type={} event={}", event.type(), event.id());
    }
}
