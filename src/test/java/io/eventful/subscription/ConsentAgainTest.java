package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a sink is asked once more. */
class ConsentAgainTest extends ConsentFixture {

    @ParameterizedTest
    @EnumSource(
            value = SubscriptionPolicy.Consent.class,
            names = {"REQUIRED", "OPTIONAL"})
    void aSinkIsAskedAgainWhenItsAnswerCouldNotBeKept(SubscriptionPolicy.Consent consent) {
        open(consent);
        CompletableFuture<ConsentClient.Reply> answer = new CompletableFuture<>();
        sink = () -> answer;
        Subscription made = create("'config':{}");
        await().until(() -> asked.size() == 1);
        refusals.set(1);
        answer.complete(reply(200, "webhook-allowed-origin", ORIGIN)
                .toCompletableFuture()
                .join());
        await().until(() -> later.waiting.size() == 1);
        later.waiting.getFirst().run();
        await().until(() -> subscriptions.find(made.id()).orElseThrow().consented());
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
    }

    @Test
    void aSinkThatCannotBeReachedIsAskedAgainWhenThatCouldNotBeKept() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        CompletableFuture<ConsentClient.Reply> answer = new CompletableFuture<>();
        sink = () -> answer;
        Subscription made = create("'config':{}");
        await().until(() -> asked.size() == 1);
        refusals.set(1);
        answer.completeExceptionally(new java.net.ConnectException("refused"));
        await().until(() -> later.waiting.size() == 1);
        sink = () -> reply(200, "webhook-allowed-origin", ORIGIN);
        later.waiting.getFirst().run();
        awaitStatus(made, Status.State.ACTIVE, "");
    }

    @Test
    void aSinkThatCannotBeReachedIsAskedAgainLater() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> CompletableFuture.failedFuture(new java.io.IOException("refused"));
        Subscription made = create("");
        awaitStatus(made, Status.State.PENDING, "consent-unreachable");
        await().until(() -> later.waiting.size() == 1);
        sink = () -> reply(200, "webhook-allowed-origin", "*");
        later.waiting.getFirst().run();
        awaitStatus(made, Status.State.ACTIVE, "");
    }

    @Test
    void whoeverWaitsForWhatIsUnderWaySeesAQuestionUntilItsAnswerIsKept() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        CompletableFuture<ConsentClient.Reply> answer = new CompletableFuture<>();
        sink = () -> answer;
        Subscription made = create("");
        assertThat(requests.busy()).isTrue();
        await().until(() -> asked.size() == 1);
        assertThat(requests.busy()).isTrue();
        answer.completeExceptionally(new java.net.ConnectException("refused"));
        await().until(() -> !requests.busy());
        assertThat(status(made).reason()).isEqualTo("consent-unreachable");
        sink = () -> reply(200, "webhook-allowed-origin", "*");
        later.waiting.getFirst().run();
        await().until(() -> !requests.busy());
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
    }

    /** Its owner has mended the address. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSinkInThePlaceOfOneThatDidNotAgreeIsAsked(boolean reachable) {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> reachable ? reply(403) : CompletableFuture.failedFuture(new java.io.IOException("refused"));
        Subscription made = create("");
        awaitStatus(made, Status.State.PENDING, reachable ? "consent-not-given" : "consent-unreachable");
        sink = () -> reply(200, "webhook-allowed-origin", ORIGIN);
        subscriptions.replace(
                made.id(),
                Samples.requests().parse(Samples.json("{'sink':'https://other.example/hook','protocol':'HTTP'}")));
        awaitStatus(made, Status.State.ACTIVE, "");
        assertThat(asked.getLast().target()).hasToString("https://other.example/hook");
    }

    /** What it took while its sink was asked goes out when that agrees, though it was the last that it may get. */
    @Test
    void consentReleasesWhatWasTakenAndNothingThatHasExpired() {
        open(SubscriptionPolicy.Consent.REQUIRED);
        Subscription spent = create("'config':{'maxevents':1}");
        Subscription expired = create("'config':{'expires':'2001-01-01T00:00:00Z'}");
        awaitStatus(spent, Status.State.PENDING, "consent-not-given");
        assertThat(subscriptions.take(spent)).isTrue();
        for (Subscription each : List.of(spent, expired))
            assertThat(callbacks.granted(
                            callbacks.token(each.id(), each.request().sink()), "*"))
                    .isEqualTo(ConsentCallbacks.Result.ACCEPTED);
        assertThat(status(spent)).isEqualTo(Status.ACTIVE);
        assertThat(status(expired)).isEqualTo(new Status(Status.State.DISABLED, "expired"));
    }

    @Test
    void whoIsPendingIsAskedAtTheNextStartAndOnResume() throws Exception {
        open(SubscriptionPolicy.Consent.REQUIRED);
        sink = () -> CompletableFuture.failedFuture(new java.io.IOException("refused"));
        Subscription made = create("");
        awaitStatus(made, Status.State.PENDING, "consent-unreachable");
        requests.stop();
        ((AutoCloseable) stores).close();
        sink = () -> reply(403);
        open(SubscriptionPolicy.Consent.REQUIRED);
        awaitStatus(made, Status.State.PENDING, "consent-not-given");
        sink = () -> reply(200, "webhook-allowed-origin", ORIGIN);
        subscriptions.status(made.id(), Status.ACTIVE);
        awaitStatus(made, Status.State.ACTIVE, "");
    }
}
