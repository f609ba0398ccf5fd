package io.eventful.subscription;

import io.eventful.event.Activity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Asks sinks for their consent. Where consent is required, a sink that cannot be reached is asked again, ever more
 * rarely; one that answered without consent is left alone until it calls back or the owner resumes the subscription.
 */
final class ConsentRequests implements SmartLifecycle, Activity {

    static final String UNREACHABLE = "consent-unreachable";

    private static final Logger LOG = LoggerFactory.getLogger(ConsentRequests.class);
    private static final List<Duration> AGAIN = List.of(
            Duration.ofSeconds(30),
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6));
    private static final int PAGE = 500;

    private final StoredSubscriptions subscriptions;
    private final ConsentCallbacks callbacks;
    private final Supplier<ConsentClient> client;
    private final SubscriptionPolicy policy;
    private final ScheduledExecutorService scheduler;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, URI> asked = new ConcurrentHashMap<>();
    /** Questions whose answers are not kept yet. */
    private final AtomicInteger asking = new AtomicInteger();

    private volatile @Nullable AutoCloseable listening;
    private volatile boolean running;

    ConsentRequests(
            StoredSubscriptions subscriptions,
            ConsentCallbacks callbacks,
            Supplier<ConsentClient> client,
            SubscriptionPolicy policy,
            ScheduledExecutorService scheduler) {
        this.subscriptions = subscriptions;
        this.callbacks = callbacks;
        this.client = client;
        this.policy = policy;
        this.scheduler = scheduler;
    }

    /** Asks whoever still has to be asked, and from now on every new sink. */
    @Override
    public void start() {
        running = true;
        if (policy.consent() == SubscriptionPolicy.Consent.NONE) return;
        listening = subscriptions.listen(this::changed);
        String after = "";
        for (List<Subscription> page = subscriptions.list(after, PAGE);
                !page.isEmpty();
                page = subscriptions.list(page.getLast().id(), PAGE)) page.forEach(this::found);
    }

    private void found(Subscription subscription) {
        if (isOpen(subscription)) ask(subscription, 0);
    }

    private static boolean isOpen(Subscription subscription) {
        Status status = subscription.status();
        return status.state() == Status.State.PENDING
                && (status.reason().equals(Activation.CONSENT_PENDING)
                        || status.reason().equals(UNREACHABLE));
    }

    private void changed(Subscription subscription) {
        Status status = subscription.status();
        URI sink = subscription.request().sink();
        if (status.state() == Status.State.DELETED) asked.remove(subscription.id());
        else if (status.equals(new Status(Status.State.PENDING, Activation.CONSENT_PENDING))) ask(subscription, 0);
        else if (policy.consent() == SubscriptionPolicy.Consent.OPTIONAL
                && !subscription.consented()
                && subscription.request().lacking().isEmpty()
                && !sink.equals(asked.put(subscription.id(), sink))) ask(subscription, 0);
    }

    private void ask(Subscription subscription, int attempt) {
        asking.incrementAndGet();
        try {
            CompletableFuture.supplyAsync(() -> askNow(subscription, attempt), workers)
                    .thenCompose(kept -> kept)
                    .whenComplete((kept, failure) -> {
                        asking.decrementAndGet();
                        if (failure != null)
                            LOG.warn("subscription.consent.not-asked id={}", subscription.id(), failure);
                    });
        } catch (RejectedExecutionException e) {
            asking.decrementAndGet();
            // The gateway is stopping; who is pending is asked at the next start.
            LOG.debug("subscription.consent.not-asked id={}", subscription.id());
        }
    }

    /** Completes when the answer is kept, or another question is planned. */
    private CompletionStage<Void> askNow(Subscription subscription, int attempt) {
        URI sink = subscription.request().sink();
        int rate = Handshake.requestedRate(subscription.request().config());
        Map<String, String> headers = Handshake.request(policy.origin(), rate, callback(subscription));
        return client.get()
                .options(sink, headers, subscription.request().sinkCredential())
                .handleAsync(
                        (reply, failure) -> {
                            try {
                                if (failure != null) unreachable(subscription, attempt);
                                else answered(subscription, Handshake.read(reply, policy.origin(), rate));
                            } catch (RuntimeException refused) {
                                // The store takes nothing now: without another question the answer would be lost.
                                LOG.warn("subscription.consent.not-kept id={}", subscription.id(), refused);
                                later(attempt, () -> unkept(subscription, attempt + 1));
                            }
                            return null;
                        },
                        workers);
    }

    private void answered(Subscription asked, Handshake.Answer answer) {
        switch (answer) {
            case Handshake.Answer.Granted granted ->
                subscriptions.consented(
                        asked.id(), new Subscription.Consent(asked.request().sink(), granted.ratePerMinute()));
            case Handshake.Answer.Refused refused -> pending(asked, refused.reason());
        }
    }

    private @Nullable String callback(Subscription subscription) {
        URI base = policy.publicUrl();
        if (base == null) return null;
        String prefix = base.toString();
        return (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix)
                + ConsentCallbacks.PATH
                + callbacks.token(subscription.id(), subscription.request().sink());
    }

    private void unreachable(Subscription subscription, int attempt) {
        if (!pending(subscription, UNREACHABLE)) return;
        later(attempt, () -> again(subscription, attempt + 1));
    }

    private void later(int attempt, Runnable question) {
        Duration delay = AGAIN.get(Math.min(attempt, AGAIN.size() - 1));
        try {
            scheduler.schedule(question, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("subscription.consent.not-asked attempt={}", attempt);
        }
    }

    /** Asks a sink again whose answer could not be kept: the store has it as one that was never asked. */
    private void unkept(Subscription asked, int attempt) {
        subscriptions
                .find(asked.id())
                .filter(now -> isOpen(now) || now.status().state() != Status.State.PENDING && !now.consented())
                .filter(now -> now.request().sink().equals(asked.request().sink()))
                .ifPresent(now -> ask(now, attempt));
    }

    private void again(Subscription asked, int attempt) {
        subscriptions
                .find(asked.id())
                .filter(now -> now.status().equals(new Status(Status.State.PENDING, UNREACHABLE)))
                .filter(now -> now.request().sink().equals(asked.request().sink()))
                .ifPresent(now -> ask(now, attempt));
    }

    private boolean pending(Subscription asked, String reason) {
        return subscriptions
                .unconsented(asked.id(), asked.request().sink(), reason)
                .isPresent();
    }

    @Override
    public void stop() {
        running = false;
        try {
            if (listening != null) listening.close();
        } catch (Exception e) {
            LOG.warn("subscription.consent.not-closed", e);
        }
        scheduler.shutdownNow();
        workers.shutdown();
    }

    @Override
    public boolean busy() {
        return asking.get() > 0;
    }

    /** A sink that does not answer is asked as long as it takes: nobody waits for that. */
    @Override
    public int open() {
        return 0;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
