package io.eventful.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.eventful.delivery.AttemptRecord.Timing;
import io.eventful.event.LogFacts;
import io.eventful.subscription.Subscription;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes one signed attempt and decides what follows. Never blocks. */
final class Attempter {

    private static final Logger LOG = LoggerFactory.getLogger(Attempter.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LEAST = Duration.ofMillis(1);

    private final WebhookClient client;
    private final Requests requests;
    private final Tokens tokens;
    private final Renewals renewals;
    private final Clock clock;
    private final Duration timeout;
    private final Duration retryAfterMax;
    private volatile Head lastHead = new Head(Map.of(), "{}");

    Attempter(WebhookClient client, Requests requests, Renewals renewals, Clock clock, DeliverySettings settings) {
        this.client = client;
        this.requests = requests;
        this.tokens = new Tokens(client, clock, settings.timeout());
        this.renewals = renewals;
        this.clock = clock;
        this.timeout = settings.timeout();
        this.retryAfterMax = settings.retryAfterMax();
    }

    /**
     * Sends one delivery and decides what follows. Completes when the attempt has ended, however it ended; exceptionally
     * only when the gateway itself has cut it off, which says nothing of the sink.
     *
     * @param delivery for the log
     * @param number of the attempt, from 1
     */
    CompletableFuture<Attempted> attempt(Subscription subscription, String delivery, EventForm form, int number) {
        Instant begun = clock.instant();
        TokenSource source = source(subscription);
        CompletableFuture<Outcome> sent = source == null
                ? send(subscription, form, begun, null)
                : granted(subscription, form, begun, source, Again.POSSIBLE);
        return sent.thenApply(outcome -> {
            if (outcome instanceof Outcome.Failed && client.isClosing()) throw cutOff(subscription, delivery, number);
            Instant ended = clock.instant();
            Verdict verdict = Verdict.of(outcome, ended, retryAfterMax);
            // A token, and a request that was refused before, take of the attempt's time, too.
            long since = source == null ? 0 : TimeUnit.MICROSECONDS.convert(Duration.between(begun, ended));
            Attempted attempted = new Attempted(outcome, verdict, record(number, begun, since, outcome), ended);
            log(subscription, delivery, form, attempted);
            return attempted;
        });
    }

    private static CancellationException cutOff(Subscription subscription, String delivery, int number) {
        LOG.info("delivery.cut-off delivery={} subscription={} attempt={}", delivery, subscription.id(), number);
        return new CancellationException("the gateway ends");
    }

    /** Where its access tokens come from; null when it needs none. */
    private @Nullable TokenSource source(Subscription subscription) {
        Grant grant = Grant.of(subscription.request().sinkCredential());
        return grant == null ? renewals.of(subscription) : tokens.of(grant);
    }

    /** Whether a token that the sink does not take can still be replaced. */
    private enum Again {
        POSSIBLE,
        SPENT
    }

    /** With an access token; one that is refused is replaced once, within the same deadline. */
    private CompletableFuture<Outcome> granted(
            Subscription subscription, EventForm form, Instant begun, TokenSource source, Again again) {
        return token(source, begun).thenCompose(answer -> switch (answer) {
            case Tokens.Answer.Failure failure -> failed(failure.reason());
            case Tokens.Answer.Token token ->
                send(subscription, form, begun, token.text()).thenCompose(outcome -> {
                    boolean refused = outcome instanceof Outcome.Answered answered && answered.status() == 401;
                    if (!refused) return CompletableFuture.completedFuture(outcome);
                    source.refused(token.text());
                    return again == Again.POSSIBLE
                            ? granted(subscription, form, begun, source, Again.SPENT)
                            : CompletableFuture.completedFuture(outcome);
                });
        });
    }

    /** A token that is asked for already may take longer than this attempt has time: others wait for it too. */
    private CompletableFuture<Tokens.Answer> token(TokenSource source, Instant begun) {
        CompletableFuture<Tokens.Answer> asked = source.token();
        if (asked.isDone()) return asked;
        Tokens.Answer late = new Tokens.Answer.Failure("token-timeout", begun);
        return asked.copy().completeOnTimeout(late, left(begun).toNanos(), TimeUnit.NANOSECONDS);
    }

    private Duration left(Instant begun) {
        Duration left = timeout.minus(Duration.between(begun, clock.instant()));
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    private CompletableFuture<Outcome> send(
            Subscription subscription, EventForm form, Instant begun, @Nullable String token) {
        WebhookRequest request;
        try {
            request = requests.of(subscription, form, begun, token);
        } catch (SigningException unsigned) {
            return failed("signature");
        } catch (CredentialException unusable) {
            return failed("credential");
        } catch (RuntimeException unexpected) {
            LOG.error("delivery.request-not-built subscription={}", subscription.id(), unexpected);
            return failed("request");
        }
        return client.send(request, token == null ? timeout : left(begun));
    }

    private static CompletableFuture<Outcome> failed(String reason) {
        return CompletableFuture.completedFuture(new Outcome.Failed(reason, Phases.NONE));
    }

    private AttemptRecord record(int number, Instant begun, long least, Outcome outcome) {
        Phases phases = outcome.phases();
        long total = Math.max(phases.total(), least);
        Timing timing = new Timing(total, phases.dns(), phases.connect(), phases.tls(), phases.firstByte());
        return switch (outcome) {
            case Outcome.Failed failed -> new AttemptRecord(number, begun, timing, null, null, failed.reason());
            case Outcome.Answered answered ->
                new AttemptRecord(
                        number, begun, timing, answered.status(), head(answered), "status-" + answered.status());
        };
    }

    /** The reply's head as JSON; cookies are the sink's secrets. */
    private @Nullable String head(Outcome.Answered answered) {
        Head last = lastHead;
        // In a burst the replies of a sink are alike, often to the second of their date.
        if (last.fields().equals(answered.head())) return last.json();
        Map<String, String> shown = new LinkedHashMap<>(answered.head());
        shown.remove("set-cookie");
        try {
            String json = JSON.writeValueAsString(shown);
            lastHead = new Head(answered.head(), json);
            return json;
        } catch (JsonProcessingException impossible) {
            return null;
        }
    }

    private record Head(Map<String, String> fields, String json) {}

    /** Successes at the first attempt are many, and kept in the store: they are logged at debug level. */
    private static void log(Subscription subscription, String delivery, EventForm form, Attempted attempted) {
        boolean plain = attempted.verdict() instanceof Verdict.Delivered
                && attempted.log().number() == 1;
        if (plain && !LOG.isDebugEnabled()) return;
        LOG.atLevel(plain ? Level.DEBUG : Level.INFO)
                .log(
                        "delivery.attempted {}",
                        LogFacts.of(
                                "delivery",
                                delivery,
                                "subscription",
                                subscription.id(),
                                "event",
                                form.event().id(),
                                "type",
                                form.event().type(),
                                "attempt",
                                attempted.log().number(),
                                "verdict",
                                attempted.verdict().label(),
                                "reason",
                                attempted.log().reason(),
                                "status",
                                attempted.log().status(),
                                "millis",
                                attempted.log().timing().total() / 1000));
    }
}
