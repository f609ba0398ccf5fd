package io.eventful.capture;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Bounds waits that are all equally long, with one timer for the oldest of them: a timer for each would cost more than
 * what is waited for. Thread-safe.
 */
final class Deadlines {

    private record Wait(long end, CompletableFuture<?> answer) {}

    private final Duration length;
    private final Pauses pauses;
    private final Queue<Wait> waits = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean armed = new AtomicBoolean();

    Deadlines(Duration length, Pauses pauses) {
        this.length = length;
        this.pauses = pauses;
    }

    /** Ends as the stage does, or with a {@link TimeoutException} when that takes too long; the stage itself goes on. */
    <T> CompletableFuture<T> bound(CompletionStage<T> stage) {
        CompletableFuture<T> answer = stage.toCompletableFuture().copy();
        if (answer.isDone()) return answer;
        waits.add(new Wait(System.nanoTime() + length.toNanos(), answer));
        // Answers come about in order: what is answered leaves with the next wait, and its answer with it.
        Wait oldest = waits.peek();
        for (; oldest != null && oldest.answer.isDone(); oldest = waits.peek()) waits.remove(oldest);
        if (oldest != null) arm(oldest);
        return answer;
    }

    /** Plans a look at the end of the oldest wait, whoever comes first to do it. */
    private void arm(Wait oldest) {
        if (!armed.compareAndSet(false, true)) return;
        try {
            pauses.after(Duration.ofNanos(Math.max(0, oldest.end - System.nanoTime())), this::look);
        } catch (RejectedExecutionException closed) {
            armed.set(false); // the process ends, and the stages with it
        }
    }

    private void look() {
        armed.set(false);
        for (Wait first = waits.peek(); first != null; first = waits.peek()) {
            if (!first.answer.isDone() && first.end - System.nanoTime() > 0) {
                arm(first);
                return;
            }
            if (waits.remove(first)) first.answer.completeExceptionally(new TimeoutException());
        }
    }
}
