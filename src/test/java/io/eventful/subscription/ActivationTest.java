package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the status of a subscription that is replaced. */
class ActivationTest extends RegistryFixture {

    private Status replaced(Subscription subscription, SubscriptionRequest request) {
        return registry.subscriptions
                .replace(subscription.id(), request)
                .orElseThrow()
                .status();
    }

    private static SubscriptionRequest elsewhere() {
        return Samples.requests().parse(Samples.json("{'sink':'https://other.example/','protocol':'HTTP'}"));
    }

    @Test
    void anotherSinkLiftsWhatTheFormerOneCausedAndNothingElse() {
        for (String reason : List.of("gone", "disabled-by-sink", "failing")) {
            Subscription made = registry.subscriptions.create(Samples.request(""));
            registry.subscriptions.status(made.id(), new Status(Status.State.DISABLED, reason));
            assertThat(replaced(made, Samples.request("'types':['a']")).reason())
                    .isEqualTo(reason);
            assertThat(replaced(made, elsewhere())).isEqualTo(Status.ACTIVE);
        }
        Subscription paused = registry.subscriptions.create(Samples.request(""));
        registry.subscriptions.status(paused.id(), Status.PAUSED);
        assertThat(replaced(paused, elsewhere())).isEqualTo(Status.PAUSED);
    }
}
