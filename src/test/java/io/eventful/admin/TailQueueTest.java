package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import io.eventful.event.Publication;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TailQueueTest {

    private static final int LIMIT = 3;

    private static TailQueue queue(long from) {
        return new TailQueue(from, LIMIT);
    }

    private static void add(TailQueue queue, long first, long last) {
        Event event = new Event("e", "/s", "t", "/x", Instant.EPOCH, "application/json", null, Map.of(), new byte[0]);
        for (long i = first; i <= last; i++) queue.add(new Publication(i, "c", event, Instant.EPOCH));
    }

    private static List<Long> waiting(TailQueue queue) throws InterruptedException {
        List<Long> all = new ArrayList<>();
        for (Publication next = queue.poll(Duration.ZERO); next != null; next = queue.poll(Duration.ZERO))
            all.add(next.sequence());
        return all;
    }

    @Test
    void aSlowClientIsToldOnceHowManyItMissed() throws Exception {
        TailQueue queue = queue(Tail.NOW);
        add(queue, 1, 5);
        assertThat(queue.takeLost()).isEqualTo(2);
        assertThat(queue.takeLost()).isZero();
        assertThat(waiting(queue)).containsExactly(1L, 2L, 3L);
        add(queue, 6, 6);
        assertThat(waiting(queue)).containsExactly(6L);
    }

    @Test
    void whatIsReadFromTheStoreIsNeitherLostNorSentTwice() throws Exception {
        TailQueue queue = queue(0);
        add(queue, 1, 7);
        assertThat(queue.caughtUp(7)).isTrue();
        add(queue, 7, 8);
        assertThat(queue.takeLost()).isZero();
        assertThat(waiting(queue)).containsExactly(8L);
    }

    @Test
    void whatFoundNoRoomBehindThatIsReadToo() throws Exception {
        TailQueue queue = queue(0);
        add(queue, 1, 7);
        assertThat(queue.caughtUp(6)).isFalse();
        add(queue, 8, 9);
        assertThat(queue.caughtUp(7)).isTrue();
        assertThat(queue.takeLost()).isZero();
        assertThat(waiting(queue)).containsExactly(8L, 9L);
    }

    /** The store has dropped it meanwhile, or never shows it: nobody waits for it for ever. */
    @Test
    void whatIsNotThereIsLookedForOnce() {
        TailQueue queue = queue(0);
        add(queue, 1, 7);
        assertThat(queue.caughtUp(3)).isFalse();
        assertThat(queue.caughtUp(3)).isTrue();
    }

    @Test
    void afterThatASlowClientLosesAgain() throws Exception {
        TailQueue queue = queue(0);
        assertThat(queue.caughtUp(4)).isTrue();
        add(queue, 3, 9);
        assertThat(queue.takeLost()).isEqualTo(2);
        assertThat(waiting(queue)).containsExactly(5L, 6L, 7L);
    }

    /** Its number is from another store, and nothing up to it is read here. */
    @Test
    void aClientThatIsAheadLosesWhatFindsNoRoom() throws Exception {
        TailQueue queue = queue(99);
        add(queue, 2, 6);
        assertThat(queue.caughtUp(99)).isTrue();
        assertThat(queue.takeLost()).isEqualTo(2);
        assertThat(waiting(queue)).containsExactly(2L, 3L, 4L);
    }
}
