package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import io.eventful.delivery.Sink.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random failures of the sinks, and ends without a drain in the middle (see {@link Rig#crash}): nothing is lost, and no
 * subject gets out of order. That a killed process loses nothing is not shown here.
 */
class CrashIT {

    private static final int SUBJECTS = 5;
    private static final int EVENTS = 400;

    @TempDir
    Path folder;

    @Test
    void nothingIsLostAndEverySubjectKeepsItsOrder() throws Exception {
        long seed = 20261101;
        Random random = new Random(seed);
        try (Rig rig = new Rig(folder);
                Sink first = new Sink();
                Sink second = new Sink()) {
            rig.subscribe(first.url());
            rig.subscribe(second.url());
            first.answer(request -> Answer.of(random.nextInt(10) < 3 ? 500 : 204));
            second.answer(request -> random.nextInt(20) == 0 ? Answer.of(429, "Retry-After", "3") : Answer.of(204));

            Map<Integer, Deque<Integer>> broker = new TreeMap<>();
            for (int i = 1; i <= EVENTS; i++)
                broker.computeIfAbsent(i % SUBJECTS, key -> new ConcurrentLinkedDeque<>())
                        .add(i);
            int crashes = 0;
            int rounds = 0;
            while (broker.values().stream().anyMatch(queue -> !queue.isEmpty())) {
                CompletableFuture<?> offered = offer(rig, broker);
                // Half of the crashes come in the middle: what was not acknowledged, the broker brings again.
                if (crashes % 2 == 0) offered.get(10, TimeUnit.SECONDS);
                if (++rounds % 7 == 0 && crashes < 10) {
                    crashes++;
                    rig.crash();
                    rig.open();
                } else offered.get(10, TimeUnit.SECONDS);
                rig.pass(Duration.ofMillis(random.nextInt(3000)));
            }
            assertThat(crashes).isEqualTo(10);
            await().atMost(60, TimeUnit.SECONDS)
                    .pollInterval(20, TimeUnit.MILLISECONDS)
                    .until(() -> {
                        rig.pass(Duration.ofMinutes(5));
                        return rig.deliveries(State.PENDING).isEmpty()
                                && rig.deliveries(State.FAILED).isEmpty();
                    });
            for (Sink sink : List.of(first, second)) {
                assertThat(new HashSet<>(sink.ids()))
                        .as("delivered, seed %s", seed)
                        .hasSize(EVENTS);
                for (int subject = 0; subject < SUBJECTS; subject++) inOrder(sink, subject);
            }
        }
    }

    /** As a channel does: one event of each subject at a time, taken off when its fan-out has completed. */
    private static CompletableFuture<?> offer(Rig rig, Map<Integer, Deque<Integer>> broker) {
        List<CompletableFuture<?>> fanOuts = new ArrayList<>();
        broker.forEach((subject, queue) -> {
            Integer next = queue.peek();
            if (next == null) return;
            fanOuts.add(rig.publish(event("/customers/" + subject, next)).thenRun(() -> queue.remove(next)));
        });
        return CompletableFuture.allOf(fanOuts.toArray(CompletableFuture[]::new));
    }

    /** The first arrivals of a subject's events are in order; repeats never overtake. */
    private static void inOrder(Sink sink, int subject) {
        Set<Integer> seen = new HashSet<>();
        List<Integer> firsts = new ArrayList<>();
        for (String id : sink.ids()) {
            int position = Integer.parseInt(id.substring(1));
            if (position % SUBJECTS == subject && seen.add(position)) firsts.add(position);
        }
        assertThat(firsts)
                .isEqualTo(IntStream.rangeClosed(1, EVENTS)
                        .filter(i -> i % SUBJECTS == subject)
                        .boxed()
                        .toList());
    }
}
