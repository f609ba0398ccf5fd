package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.SinkGuard;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;

/** A client that may call this machine. */
abstract class WebhookClientFixture {

    static final DeliveryLimits LIMITS = Rig.settings().limits();

    /** Of attempts that must run into it. */
    static final Duration DEADLINE = Duration.ofMillis(600);

    /** Of all others, however busy the machine is. */
    static final Duration AMPLE = Duration.ofSeconds(10);

    WebhookClient client = client(host -> InetAddress.getByName("127.0.0.1"));

    interface Lookup {
        InetAddress of(String host) throws UnknownHostException;
    }

    static WebhookClient client(Lookup lookup) {
        return new WebhookClient(
                host -> {
                    try {
                        return CompletableFuture.completedFuture(List.of(lookup.of(host)));
                    } catch (UnknownHostException unknown) {
                        return CompletableFuture.failedFuture(unknown);
                    }
                },
                new SinkGuard(List.of("127.0.0.0/8"))::usable,
                LIMITS,
                null);
    }

    @AfterEach
    void close() {
        client.close();
    }

    Outcome send(String url) {
        return send(url, AMPLE);
    }

    Outcome send(String url, Duration deadline) {
        return client.send(
                        new WebhookRequest("POST", URI.create(url), Map.of("webhook-id", "1"), "{}".getBytes()),
                        deadline)
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    static void failed(Outcome outcome, String reason) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo(reason));
    }

    static void answered(Outcome outcome, int status) {
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Answered.class,
                        answered -> assertThat(answered.status()).isEqualTo(status));
    }
}
