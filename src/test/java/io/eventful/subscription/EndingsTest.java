package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingsTest {

    private static final Status EXPIRED = new Status(Status.State.DISABLED, "expired");
    private static final Status SPENT = new Status(Status.State.DISABLED, "max-events");

    @TempDir
    Path folder;

    private Registry registry;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private long lag;

    @BeforeEach
    void open() {
        registry = new Registry(() -> TestStores.sqlite(folder), folder);
        registry.open();
    }

    @AfterEach
    void close() {
        registry.close();
        timer.shutdownNow();
    }

    private void look() {
        EndingJob job = new EndingJob(registry.subscriptions, () -> every -> new Progress.Position(0, lag), timer);
        job.look();
        job.look();
    }

    /** It is counted before it shows as waiting. */
    @Test
    void oneWhoseLastEventIsJustTakenGoesOn() {
        Subscription made = registry.subscriptions.create(Samples.request("'config':{'maxevents':1}"));
        EndingJob job = new EndingJob(registry.subscriptions, () -> every -> new Progress.Position(0, lag), timer);
        assertThat(registry.subscriptions.take(made)).isTrue();
        job.look();
        lag = 1;
        job.look();
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        lag = 0;
        job.look();
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        job.look();
        assertThat(status(made)).isEqualTo(SPENT);
    }

    /** What it holds it may still deliver; after that nothing could ever follow a resume. */
    @Test
    void oneThatIsPausedEndsWhenNothingOfItsEventsWaits() {
        Subscription made = registry.subscriptions.create(Samples.request("'config':{'maxevents':1}"));
        assertThat(registry.subscriptions.take(made)).isTrue();
        registry.subscriptions.status(made.id(), Status.PAUSED);
        lag = 1;
        look();
        assertThat(status(made)).isEqualTo(Status.PAUSED);
        lag = 0;
        look();
        assertThat(status(made)).isEqualTo(SPENT);
    }

    @Test
    void whatIsGivenBackMayBeTakenAgain() {
        Subscription made = registry.subscriptions.create(Samples.request("'config':{'maxevents':1}"));
        assertThat(registry.subscriptions.take(made)).isTrue();
        registry.subscriptions.giveBack(made);
        assertThat(matching()).isEqualTo(1);
        assertThat(registry.subscriptions.take(made)).isTrue();
        registry.subscriptions.giveBack(made);
        registry.reopen();
        assertThat(registry.subscriptions.take(made)).isTrue();
        assertThat(registry.subscriptions.take(made)).isFalse();
    }

    private Status status(Subscription subscription) {
        return registry.subscriptions.find(subscription.id()).orElseThrow().status();
    }

    private int matching() {
        return registry.subscriptions
                .matching("c", Samples.event("a", "/x/1", 101, "{}"))
                .size();
    }

    @Test
    void anExpiredOneTakesNothingAtOnceAndIsDisabledSoon() {
        Subscription made = registry.subscriptions.create(
                Samples.request("'config':{'expires':'" + registry.now.plusSeconds(60) + "'}"));
        look();
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        assertThat(matching()).isEqualTo(1);
        registry.now = registry.now.plus(Duration.ofSeconds(60));
        assertThat(matching()).isZero();
        look();
        assertThat(status(made)).isEqualTo(EXPIRED);
        registry.subscriptions.status(made.id(), Status.ACTIVE);
        assertThat(status(made)).isEqualTo(EXPIRED);
        registry.reopen();
        assertThat(status(made)).isEqualTo(EXPIRED);
        registry.subscriptions.replace(
                made.id(), Samples.request("'config':{'expires':'" + registry.now.plusSeconds(60) + "'}"));
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
    }

    @Test
    void oneThatIsHeldBackExpiresAtItsTimeToo() {
        Subscription made = registry.subscriptions.create(
                Samples.request("'config':{'expires':'" + registry.now.plusSeconds(60) + "'}"));
        registry.subscriptions.status(made.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        look();
        assertThat(status(made).state()).isEqualTo(Status.State.PAUSED);
        registry.now = registry.now.plus(Duration.ofSeconds(60));
        look();
        assertThat(status(made)).isEqualTo(EXPIRED);
        registry.subscriptions.status(made.id(), new Status(Status.State.DISABLED, "gone"));
        look();
        assertThat(status(made).reason()).as("it had ended before").isEqualTo("gone");
    }

    @Test
    void oneThatExpiredBeforeItWasMadeNeverLives() {
        Subscription made =
                registry.subscriptions.create(Samples.request("'config':{'expires':'2001-01-01T00:00:00Z'}"));
        assertThat(made.status()).isEqualTo(EXPIRED);
    }

    @Test
    void oneWithACapEndsWhenWhatItTookIsDelivered() {
        Subscription made = registry.subscriptions.create(Samples.request("'config':{'maxevents':2}"));
        assertThat(registry.subscriptions.take(made)).isTrue();
        registry.reopen();
        assertThat(registry.subscriptions.take(made)).isTrue();
        assertThat(registry.subscriptions.take(made)).isFalse();
        assertThat(matching()).isZero();
        lag = 1;
        look();
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        lag = 0;
        look();
        assertThat(status(made)).isEqualTo(SPENT);
        registry.subscriptions.replace(made.id(), Samples.request("'config':{'maxevents':3}"));
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        assertThat(registry.subscriptions.take(
                        registry.subscriptions.find(made.id()).orElseThrow()))
                .isTrue();
    }

    /** What it took while it was paused is part of what it may get. */
    @Test
    void aPausedOneWithACapDeliversWhatItTookWhenItIsResumed() {
        Subscription made = registry.subscriptions.create(Samples.request("'config':{'maxevents':1}"));
        registry.subscriptions.status(made.id(), new Status(Status.State.PAUSED, "paused-by-owner"));
        assertThat(registry.subscriptions.take(made)).isTrue();
        lag = 1;
        look();
        assertThat(registry.subscriptions.ended(made)).contains(SPENT);
        registry.subscriptions.status(made.id(), Status.ACTIVE);
        look();
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        registry.subscriptions.replace(made.id(), Samples.request("'types':['other'],'config':{'maxevents':1}"));
        assertThat(status(made)).isEqualTo(Status.ACTIVE);
        lag = 0;
        look();
        assertThat(status(made)).isEqualTo(SPENT);
        registry.subscriptions.replace(made.id(), Samples.request("'config':{'maxevents':1}"));
        assertThat(status(made)).isEqualTo(SPENT);
    }

    @Test
    void withoutACapNothingIsCounted() {
        Subscription made = registry.subscriptions.create(Samples.request(""));
        for (int i = 0; i < 100; i++)
            assertThat(registry.subscriptions.take(made)).isTrue();
        assertThat(matching()).isEqualTo(1);
    }
}
