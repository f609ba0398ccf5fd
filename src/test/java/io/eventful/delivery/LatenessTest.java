package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenessTest {

    private final Lateness lateness = new Lateness(4);

    @Test
    void oneLateAttemptAmongQuickOnesChangesNothing() {
        for (int round = 0; round < 100; round++) {
            lateness.late();
            assertThat(lateness.prevails()).isFalse();
            for (int i = 0; i < 4; i++) lateness.quick();
        }
    }

    @Test
    void aRowOfLateOnesPrevailsUntilARowOfQuickOnes() {
        for (int i = 0; i < 12; i++) lateness.late();
        assertThat(lateness.prevails()).isTrue();
        for (int i = 0; i < 5; i++) lateness.quick();
        assertThat(lateness.prevails()).isTrue();
        for (int i = 0; i < 15; i++) lateness.quick();
        assertThat(lateness.prevails()).isFalse();
    }

    @Test
    void whatIsOverdueCountsAsLate() {
        for (int i = 0; i < 12; i++) {
            lateness.overdue();
            lateness.overdueEnded();
        }
        assertThat(lateness.prevails()).isTrue();
    }

    @Test
    void allSlotsOverduePrevailUntilOneEnds() {
        for (int i = 0; i < 4; i++) lateness.overdue();
        assertThat(lateness.prevails()).isTrue();
        lateness.overdueEnded();
        assertThat(lateness.prevails()).isFalse();
    }
}
