package io.eventful.bench;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Calls that are made at a fixed rate, whatever they take (an open loop). */
final class FixedRate {

    private FixedRate() {}

    /** How long after its due moment each call was done; one that failed took for ever. */
    static Times run(int perSecond, int seconds, Supplier<? extends CompletionStage<?>> call)
            throws InterruptedException {
        int count = perSecond * seconds;
        long[] times = new long[count];
        CountDownLatch done = new CountDownLatch(count);
        long start = System.nanoTime() + 10_000_000;
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime())
                LockSupport.parkNanos(left);
            int number = i;
            call.get().whenComplete((result, failure) -> {
                times[number] = failure == null ? System.nanoTime() - due : Long.MAX_VALUE;
                done.countDown();
            });
        }
        done.await();
        return Times.of(times);
    }
}
