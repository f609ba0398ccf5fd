package io.eventful.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Activity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What may still bring a change is counted from its hand-over to its end, and rests while only time can wake it. */
class UndertakingsTest {

    private final Undertakings work = new Undertakings();
    private final Queue<Runnable> handedOver = new ArrayDeque<>();

    private static String state(Activity activity) {
        return (activity.busy() ? "busy " : "idle ") + activity.open();
    }

    @Test
    void workThatIsHandedOverIsInSightAtOnce() {
        work.on(handedOver::add).execute(() -> assertThat(state(work)).isEqualTo("busy 1"));
        assertThat(state(work)).isEqualTo("busy 1");
        handedOver.remove().run();
        assertThat(state(work)).isEqualTo("idle 0");
    }

    @Test
    void workThatNobodyTakesIsNone() {
        Executor closed = refused -> {
            throw new RejectedExecutionException();
        };
        assertThatThrownBy(() -> work.on(closed).execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
        assertThatThrownBy(() -> work.incidental(closed).execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
        assertThat(state(work)).isEqualTo("idle 0");
    }

    @Test
    void ofSomeWorkNobodyAwaitsTheEnd() {
        work.incidental(handedOver::add).execute(() -> assertThat(state(work)).isEqualTo("busy 0"));
        assertThat(work.busy()).isTrue();
        handedOver.remove().run();
        assertThat(state(work)).isEqualTo("idle 0");
    }

    @Test
    void whoIsWokenByTimeIsBusyBeforeItsThreadRuns() {
        Undertakings.Rest rest = work.rest();
        work.on(handedOver::add).execute(() -> {});
        rest.begin();
        assertThat(state(work)).isEqualTo("idle 1");
        rest.end();
        assertThat(state(work)).isEqualTo("busy 1");
        rest.end();
        rest.begin();
        assertThat(state(work)).isEqualTo("busy 1");
    }

    @Test
    void aPauseIsARestAndAWaitForASystemThatIsAwayMayLastForEver() {
        BlockingQueue<Runnable> planned = new LinkedBlockingQueue<>();
        try (ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                planned.add(command);
                return super.schedule(() -> {}, 0, TimeUnit.NANOSECONDS);
            }
        }) {
            Pauses pauses = new Pauses(timer).of(work);
            CompletableFuture<String> ended = new CompletableFuture<>();
            work.on(command -> Thread.ofVirtual().start(command)).execute(() -> {
                try {
                    pauses.pause(Duration.ofDays(1));
                    ended.complete(pauses.idle(own -> {
                        String away = state(work);
                        own.pause(Duration.ofDays(1));
                        return away;
                    }));
                } catch (InterruptedException e) {
                    ended.completeExceptionally(e);
                }
            });
            await().until(() -> state(work).equals("idle 1"));
            planned.remove().run();
            await().until(() -> state(work).equals("idle 0") && !planned.isEmpty());
            planned.remove().run();
            assertThat(ended.join()).isEqualTo("busy 0");
            await().until(() -> state(work).equals("idle 0"));
        }
    }
}
