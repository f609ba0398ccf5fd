package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sink has to answer, so that it is called. */
class ConsentTest extends ConsentFixture {

    @Test
    void aSinkThatAgreesBecomesActiveWithItsRateAsCeiling() throws Exception {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> reply(405, "webhook-allowed-origin", ORIGIN, "webhook-allowed-rate", "60");
        Subscription made = create("'config':{'ratelimit':10}");
        awaitStatus(made, Status.State.ACTIVE, "");
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(60);
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.target()).isEqualTo(made.request().sink());
            assertThat(request.headers())
                    .containsEntry("WebHook-Request-Origin", ORIGIN)
                    .containsEntry("WebHook-Request-Rate", "600")
                    .hasEntrySatisfying(
                            "WebHook-Request-Callback",
                            callback -> assertThat(callback)
                                    .startsWith("https://gw.example/.eventful/consent/" + made.id()));
        });
        requests.stop();
        ((AutoCloseable) stores).close();
        open(SubscriptionPolicy.Consent.REQUIRED);
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(60);
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "200,,,consent-not-given",
        "405,,,consent-not-given",
        "200,gateway.example.evil.tld,*,consent-for-other-origin",
        "200,gateway.exampl,*,consent-for-other-origin",
        "200,https://gateway.example,*,consent-for-other-origin",
        "200,gateway.example,,consent-without-rate",
        "200,gateway.example,0,consent-rate-invalid",
        "200,gateway.example,-1,consent-rate-invalid",
        "200,gateway.example,many,consent-rate-invalid"
    })
    void whateverTheStatusOnlyTheExactHeadersAreConsent(int status, String origin, String rate, String reason) {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> origin == null
                ? reply(status)
                : rate == null
                        ? reply(status, "webhook-allowed-origin", origin)
                        : reply(status, "webhook-allowed-origin", origin, "webhook-allowed-rate", rate);
        Subscription made = create("'config':{'ratelimit':1}");
        awaitStatus(made, Status.State.PENDING, reason);
    }

    @ParameterizedTest
    @CsvSource({"*,*,0", "gateway.example,*,0", "*,120,120", "gateway.example,,0"})
    void everyFormOfConsentIsUnderstood(String origin, String rate, int ceiling) {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> rate == null
                ? reply(200, "webhook-allowed-origin", origin)
                : reply(200, "webhook-allowed-origin", origin, "webhook-allowed-rate", rate);
        Subscription made = create("");
        awaitStatus(made, Status.State.ACTIVE, "");
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(ceiling);
        assertThat(asked.getFirst().headers()).doesNotContainKey("WebHook-Request-Rate");
    }

    @Test
    void aCallbackAfterARefusalIsConsent() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        Subscription made = create("'config':{'ratelimit':2}");
        awaitStatus(made, Status.State.PENDING, "consent-not-given");
        String callback = asked.getFirst().headers().get("WebHook-Request-Callback");
        String token = callback.substring(callback.lastIndexOf('/') + 1);
        assertThat(callbacks.granted(token, "0")).isEqualTo(ConsentCallbacks.Result.INVALID_RATE);
        assertThat(callbacks.granted(token + "x", null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        assertThat(callbacks.granted("sub_x-" + token, null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        assertThat(callbacks.granted("", null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        assertThat(status(made).state()).isEqualTo(Status.State.PENDING);
        assertThat(callbacks.granted(token, null)).isEqualTo(ConsentCallbacks.Result.ACCEPTED);
        assertThat(callbacks.granted(token, null)).isEqualTo(ConsentCallbacks.Result.ACCEPTED);
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        assertThat(subscriptions.find(made.id()).orElseThrow().rateCeiling()).isEqualTo(120);

        subscriptions.replace(made.id(), Samples.requests().parse(Samples.json("{'sink':'https://other.example/'}")));
        assertThat(callbacks.granted(token, null)).isEqualTo(ConsentCallbacks.Result.UNKNOWN);
        awaitStatus(made, Status.State.PENDING, "consent-not-given");
    }

    @Test
    void whereConsentIsOptionalNoAnswerChangesNothing() {
        open(SubscriptionPolicy.Consent.OPTIONAL);
        Subscription silent = create("");
        assertThat(silent.status()).isEqualTo(Status.ACTIVE);
        await().until(() -> asked.size() == 1);
        sink = () -> reply(200, "webhook-allowed-origin", "*", "webhook-allowed-rate", "30");
        Subscription agreeing = create("");
        await().until(() -> subscriptions.find(agreeing.id()).orElseThrow().rateCeiling() == 30);
        assertThat(status(silent)).isEqualTo(Status.ACTIVE);
    }

    /** Who was never asked has not agreed, however long it has been getting events. */
    @Test
    void wherePolicyBeginsToRequireConsentPresentSinksAreAskedToo() throws Exception {
        open(SubscriptionPolicy.Consent.NONE);
        Subscription active = create("");
        Subscription paused = create("");
        subscriptions.status(paused.id(), new Status(Status.State.PAUSED, "paused"));
        requests.stop();
        ((AutoCloseable) stores).close();
        sink = () -> CompletableFuture.failedFuture(new IllegalStateException("away"));
        open(SubscriptionPolicy.Consent.REQUIRED);
        awaitStatus(active, Status.State.PENDING, "consent-unreachable");
        assertThat(status(paused).state()).isEqualTo(Status.State.PAUSED);
        requests.stop();
        ((AutoCloseable) stores).close();
        sink = () -> reply(200, "webhook-allowed-origin", "*");
        open(SubscriptionPolicy.Consent.REQUIRED);
        awaitStatus(active, Status.State.ACTIVE, "");
    }

    @Test
    void wherePolicyNoLongerRequiresConsentNobodyWaitsForIt() throws Exception {
        open(SubscriptionPolicy.Consent.REQUIRED);
        Subscription made = create("");
        awaitStatus(made, Status.State.PENDING, "consent-not-given");
        requests.stop();
        ((AutoCloseable) stores).close();
        open(SubscriptionPolicy.Consent.NONE);
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
    }
}
