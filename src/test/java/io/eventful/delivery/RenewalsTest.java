package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.Sink.Answer;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionRequest;
import io.eventful.subscription.TestSubscriptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks with tokens that a refresh token renews; the endpoint takes each refresh token once. */
class RenewalsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private Rig rig;
    private Sink sink;
    private TokenServer server;
    private Subscription subscription;
    private volatile String good = "r0";

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder);
        sink = new Sink();
        server = new TokenServer(this::renewed);
        subscription = rig.subscriptions.create(TestSubscriptions.request(document("r0", "")));
    }

    private TokenServer.Answer renewed(String form, int number) {
        if (!form.contains("refresh_token=" + good + "&") && !form.endsWith("refresh_token=" + good))
            return new TokenServer.Answer(400, "{\"error\":\"invalid_grant\"}");
        good = "r" + number;
        return new TokenServer.Answer(
                200, "{\"access_token\":\"t" + number + "\",\"expires_in\":600,\"refresh_token\":\"r" + number + "\"}");
    }

    private String document(String refresh, String more) {
        return "{\"sink\":\"" + sink.url() + "\",\"protocol\":\"HTTP\",\"config\":{\"channel\":\"customers\"},"
                + "\"sinkCredential\":{\"credentialType\":\"REFRESHTOKEN\",\"accessToken\":\"t0\","
                + "\"accessTokenExpiresUtc\":\"" + rig.time.clock.instant().plusSeconds(60) + "\","
                + "\"refreshToken\":\"" + refresh + "\",\"refreshTokenEndpoint\":\"" + server.url() + "\"" + more
                + "}}";
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
    void theTokenThatWasGivenIsUsedUntilItEndsThenOneIsAskedForHoweverManyNeedIt() {
        publish(1, 1);
        rig.pass(Duration.ofSeconds(61));
        publish(2, 20);
        await().atMost(PATIENCE).until(() -> sink.received.size() == 20);
        assertThat(authorizations())
                .startsWith("Bearer t0")
                .filteredOn("Bearer t1"::equals)
                .hasSize(19);
        assertThat(server.asked).containsExactly("null grant_type=refresh_token&refresh_token=r0");
    }

    @Test
    void theNextRefreshTokenIsKeptOverARestart() throws Exception {
        rig.pass(Duration.ofSeconds(61));
        publish(1, 1);
        await().atMost(PATIENCE).until(() -> sink.received.size() == 1);
        rig.crash();
        rig.open();
        publish(2, 2);
        rig.pass(Duration.ofSeconds(601));
        publish(3, 3);
        await().atMost(PATIENCE).until(() -> sink.received.size() == 3);
        assertThat(authorizations()).containsExactly("Bearer t1", "Bearer t1", "Bearer t2");
        assertThat(server.asked.get(1)).endsWith("refresh_token=r1");
    }

    @Test
    void oneThatTheSinkDoesNotTakeIsRenewedWithinTheAttempt() {
        sink.answer(request -> Answer.of("Bearer t0".equals(request.headers().get("authorization")) ? 401 : 204));
        publish(1, 1);
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.DELIVERED).size() == 1);
        publish(2, 2);
        assertThat(authorizations()).containsExactly("Bearer t0", "Bearer t1", "Bearer t1");
    }

    @Test
    void withoutATokenNothingIsSentAndTheReasonIsKept() {
        rig.subscriptions.replace(
                subscription.id(), TestSubscriptions.request(document("a-refresh-token-of-its-own", "")));
        rig.pass(Duration.ofSeconds(61));
        publish(1, 1);
        assertThat(rig.deliveries(State.FAILED))
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("token-status-400"));
        assertThat(sink.received).isEmpty();
        // Not r0: that two letters are in a random id, too, now and then.
        assertThat(rig.engine.deliveries().list(null, null, null, 10).toString())
                .doesNotContain("a-refresh-token-of-its-own", "Bearer");
    }

    /** The endpoint has given a token that is good once: without the store it would be lost with a crash. */
    @Test
    void whatTheStoreDoesNotTakeIsNotUsedAndKeptLater() {
        rig.pass(Duration.ofSeconds(61));
        rig.before.put("renew", () -> {
            throw new IllegalStateException("the disk is full");
        });
        publish(1, 1);
        assertThat(rig.deliveries(State.FAILED))
                .singleElement()
                .satisfies(failed -> assertThat(failed.reason()).isEqualTo("token-not-kept"));
        rig.before.clear();
        rig.pass(Duration.ofSeconds(6));
        await().atMost(PATIENCE).until(() -> rig.deliveries(State.DELIVERED).size() == 1);
        assertThat(authorizations()).containsExactly("Bearer t1");
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void theFirstRefreshTokenSentOnceMoreLeavesTheRenewedOnes() {
        rig.pass(Duration.ofSeconds(61));
        publish(1, 1);
        await().atMost(PATIENCE).until(() -> sink.received.size() == 1);
        Subscription now = rig.subscriptions.find(subscription.id()).orElseThrow();
        assertThat(TestSubscriptions.request(document("r0", ""), now.request()).sinkCredential())
                .isEqualTo(now.request().sinkCredential());
        assertThat(TestSubscriptions.request(document("r9", ""), now.request()).sinkCredential())
                .isNotEqualTo(now.request().sinkCredential());
    }

    /** A request is read for as long as the names of its addresses take; the endpoint has given new tokens meanwhile. */
    @Test
    void whatIsRenewedWhileARequestIsReadOutlastsIt() {
        SubscriptionRequest again = TestSubscriptions.request(document("r0", ""), subscription.request());
        rig.pass(Duration.ofSeconds(61));
        publish(1, 1);
        await().atMost(PATIENCE).until(() -> sink.received.size() == 1);
        rig.subscriptions.replace(subscription.id(), again);
        rig.pass(Duration.ofSeconds(601));
        publish(2, 2);
        assertThat(server.asked)
                .containsExactly(
                        "null grant_type=refresh_token&refresh_token=r0",
                        "null grant_type=refresh_token&refresh_token=r1");
        assertThat(authorizations()).containsExactly("Bearer t1", "Bearer t2");
    }

    @Test
    void aClientAuthenticatesItself() {
        rig.subscriptions.replace(
                subscription.id(),
                TestSubscriptions.request(
                        document("r0", ",\"clientId\":\"gate way\",\"clientSecret\":\"s:1\",\"scope\":\"a b\"")));
        rig.pass(Duration.ofSeconds(61));
        publish(1, 1);
        assertThat(server.asked)
                .containsExactly("Basic Z2F0ZSt3YXk6cyUzQTE= grant_type=refresh_token&refresh_token=r0&scope=a+b");
    }
}
