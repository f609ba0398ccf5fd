package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryQueueTest {

    private final Backlog backlog = new Backlog();

    @Test
    void itSpillsAtItsBoundUntilAQuarterOfItIsLeft() {
        MemoryQueue queue = new MemoryQueue(100, new Budget(1 << 20), backlog);
        backlog.recorded(100);
        assertThat(queue.spills()).isFalse();
        backlog.recorded(1);
        assertThat(queue.spills()).isTrue();
        backlog.claimed(75);
        assertThat(queue.spills()).isTrue();
        backlog.claimed(1);
        assertThat(queue.spills()).isFalse();
        backlog.recorded(50);
        assertThat(queue.spills()).isFalse();
    }

    @Test
    void whatIsRecordedWhileItDrainsStillWaits() {
        backlog.recorded(10);
        long seen = backlog.recordings();
        backlog.recorded(3);
        backlog.drained(seen);
        assertThat(backlog.due()).isEqualTo(3);
        backlog.drained(backlog.recordings());
        assertThat(backlog.due()).isZero();
    }

    @Test
    void theMemoryOfAllSubscriptionsIsBounded() {
        Budget bytes = new Budget(10_000);
        MemoryQueue queue = new MemoryQueue(100, bytes, backlog);
        assertThat(queue.reserve(4_000)).isTrue();
        assertThat(queue.reserve(8_000)).isFalse();
        assertThat(queue.reserve(3_000)).isTrue();
        assertThat(bytes.free()).isEqualTo(10_000 - 4_000 - 3_000 - 2 * 1024);
    }
}
