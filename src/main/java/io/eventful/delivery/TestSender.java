package io.eventful.delivery;

import io.eventful.event.Event;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.TestEvents;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends one signed test event, outside of every queue; nothing of it is kept. */
final class TestSender implements TestEvents {

    /** Begins the source, which ends with the subscription. */
    static final String SOURCES = "/subscriptions/";

    private static final String TYPE = "io.eventful.test";
    private static final String DATA = "{\"test\":true,\"message\":\"This is a test event of the Eventful Gateway.\"}";

    private final Attempter attempter;
    private final Clock clock;
    private final SecureRandom random;

    TestSender(Attempter attempter, Clock clock, SecureRandom random) {
        this.attempter = attempter;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public CompletionStage<Result> send(Subscription subscription) {
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        Event event = new Event(
                "test_" + HexFormat.of().formatHex(bits),
                SOURCES + subscription.id(),
                TYPE,
                null,
                clock.instant(),
                "application/json",
                null,
                Map.of(),
                DATA.getBytes(StandardCharsets.UTF_8));
        return attempter
                .attempt(subscription, "test", new EventForm(event), 1)
                .thenApply(attempted -> result(event, attempted));
    }

    private static Result result(Event event, Attempted attempted) {
        boolean delivered = attempted.verdict() instanceof Verdict.Delivered
                || attempted.verdict() instanceof Verdict.DeliveredLast;
        Integer status = attempted.log().status();
        return new Result(
                event.id(),
                delivered,
                status == null ? 0 : status,
                delivered ? "" : attempted.log().reason(),
                attempted.log().timing().total() / 1000);
    }
}
