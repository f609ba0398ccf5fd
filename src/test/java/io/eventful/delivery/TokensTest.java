package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.Sink.Answer;
import io.eventful.subscription.TestSubscriptions;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks with an access token of an OAuth 2.0 server. */
class TokensTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Rig rig;
    private Sink sink;
    private TokenServer server;
    private volatile int status = 200;
    private volatile IntFunction<String> token =
            number -> "{\"access_token\":\"t" + number + "\",\"token_type\":\"bearer\",\"expires_in\":600}";

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder);
        sink = new Sink();
        server = new TokenServer((form, number) -> new TokenServer.Answer(status, token.apply(number)));
        subscribe(server.url());
    }

    private void subscribe(String tokenUrl) {
        rig.subscriptions.list("", 10).forEach(each -> rig.subscriptions.delete(each.id()));
        rig.subscriptions.create(TestSubscriptions.request("{\"sink\":\"" + sink.url()
                + "\",\"protocol\":\"HTTP\",\"config\":{\"channel\":\"customers\"},\"sinkCredential\":{"
                + "\"credentialType\":\"OAUTH2\",\"tokenUrl\":\"" + tokenUrl
                + "\",\"clientId\":\"gate way\",\"clientSecret\":\"s:1\",\"scope\":\"a b\"}}"));
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        sink.close();
        server.close();
    }

    private List<String> authorizations() {
        return sink.received.stream()
                .map(request -> request.headers().getOrDefault("authorization", "none"))
                .toList();
    }

    private void publish(int from, int to) {
        CompletableFuture<?>[] all = new CompletableFuture<?>[to - from + 1];
        for (int i = from; i <= to; i++) all[i - from] = rig.publish(event("/customers/" + i, i));
        assertThat(CompletableFuture.allOf(all)).succeedsWithin(PATIENCE);
    }

    @Test
    void aBurstAsksOnceAndTheTokenIsReplacedBeforeItEnds() {
        publish(1, 20);
        await().atMost(PATIENCE).until(() -> sink.received.size() == 20);
        assertThat(server.asked).containsExactly("Basic Z2F0ZSt3YXk6cyUzQTE= grant_type=client_credentials&scope=a+b");
        assertThat(authorizations()).allMatch("Bearer t1"::equals);
        rig.pass(Duration.ofSeconds(569));
        publish(21, 21);
        assertThat(server.asked).hasSize(1);
        rig.pass(Duration.ofSeconds(1));
        publish(22, 22);
        await().atMost(PATIENCE).until(() -> authorizations().contains("Bearer t2"));
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void aTokenThatTheSinkRefusesIsReplacedOnceWithinTheAttempt() {
        sink.answer(request -> Answer.of("Bearer t1".equals(request.headers().get("authorization")) ? 401 : 204));
        publish(1, 1);
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.DELIVERED).size() == 1);
        assertThat(authorizations()).containsExactly("Bearer t1", "Bearer t2");
        sink.answer(401);
        publish(2, 2);
        assertThat(rig.deliveries(State.FAILED))
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("status-401"));
        assertThat(sink.received).hasSize(4);
    }

    /** The deadline of an attempt counts the token and a request that was refused, and so does its duration. */
    @Test
    void theTimeForTokensIsTimeOfTheAttempt() {
        token = number -> {
            rig.time.advance(Duration.ofMillis(1_200));
            return "{\"access_token\":\"t" + number + "\",\"token_type\":\"bearer\",\"expires_in\":600}";
        };
        sink.answer(request -> Answer.of("Bearer t1".equals(request.headers().get("authorization")) ? 401 : 204));
        publish(1, 1);
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.DELIVERED).size() == 1);
        DeliveryRecord record = rig.deliveries(State.DELIVERED).getFirst();
        assertThat(rig.engine.deliveries().find(record.id()).orElseThrow().log())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.timing().total()).isGreaterThanOrEqualTo(2_400_000));
        status = 400;
        rig.pass(Duration.ofSeconds(600));
        publish(2, 2);
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.FAILED).size() == 1);
        DeliveryRecord failed = rig.deliveries(State.FAILED).getFirst();
        assertThat(rig.engine.deliveries().find(failed.id()).orElseThrow().log())
                .singleElement()
                .satisfies(attempt -> assertThat(attempt.timing().total()).isGreaterThanOrEqualTo(1_200_000));
    }

    @Test
    void withoutATokenNothingIsSentAndTheReasonIsKept() {
        status = 400;
        publish(1, 1);
        assertThat(rig.deliveries(State.FAILED))
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("token-status-400"));
        status = 200;
        token = number -> "{\"access_token\":\"a b\"}";
        rig.pass(Duration.ofSeconds(6));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rig.deliveries(State.FAILED))
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.reason()).isEqualTo("token-invalid")));
        assertThat(sink.received).isEmpty();
        assertThat(rig.engine.deliveries().list(null, null, null, 10).toString())
                .doesNotContain("s:1");
    }

    /** Whoever asks last has the least time, and must not ask for all. */
    @Test
    void oneThatIsOutOfTimeDoesNotFailWhoWaitsForTheSameToken() {
        CountDownLatch given = new CountDownLatch(1);
        token = number -> {
            try {
                if (number == 2) given.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "{\"access_token\":\"t" + number + "\",\"token_type\":\"bearer\",\"expires_in\":600}";
        };
        sink.answer(request -> {
            boolean old = "Bearer t1".equals(request.headers().get("authorization"));
            // All of the time-out has passed when it answers.
            if (old) rig.time.advance(Duration.ofSeconds(20));
            return Answer.of(old ? 401 : 204);
        });
        publish(1, 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rig.deliveries(State.FAILED))
                        .singleElement()
                        .satisfies(failed -> assertThat(failed.reason()).isEqualTo("token-timeout")));
        CompletableFuture<Void> second = rig.publish(event("/customers/2", 2));
        given.countDown();
        assertThat(second).succeedsWithin(PATIENCE);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(authorizations()).containsExactly("Bearer t1", "Bearer t2"));
        assertThat(server.asked).hasSize(2);
    }

    @Test
    void theTokenEndpointIsGuardedLikeASink() {
        rig.client.close();
        // The rig resolves every name to loopback, which is allowed; the literal of a forbidden network is not.
        Outcome outcome = new WebhookClient(
                        host -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())),
                        (host, found) -> List.of(),
                        Rig.settings().limits(),
                        null)
                .fetch(
                        Grant.of(rig.subscriptions
                                        .list("", 1)
                                        .getFirst()
                                        .request()
                                        .sinkCredential())
                                .request(),
                        Duration.ofSeconds(5))
                .join()
                .outcome();
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.reason()).isEqualTo("forbidden-address"));
        assertThat(server.asked).isEmpty();
    }
}
