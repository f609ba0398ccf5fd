package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WrongKeyLimiterTest {

    private static final int LIMIT = 10;
    private static final int CLIENTS = 5;
    private static final Duration SPAN = Duration.ofMinutes(1);
    private static final String GUESSER = "192.0.2.1";

    private final TestClock clock = new TestClock(Instant.EPOCH);
    private final WrongKeyLimiter guesses = new WrongKeyLimiter(new AdminSettings.Guesses(LIMIT, SPAN, CLIENTS), clock);
    private int made;

    private KeyDecision wrong(String client) {
        return guesses.wrong(client, "guess-" + made++);
    }

    private KeyDecision right(String client) {
        return guesses.right(client);
    }

    private void exhaust(String client) {
        for (int i = 0; i < LIMIT; i++) assertThat(wrong(client)).isInstanceOf(KeyDecision.Rejected.class);
    }

    private static void assertWaits(KeyDecision verdict, Duration wait) {
        assertThat(verdict).isEqualTo(new KeyDecision.Throttled(wait));
    }

    @Test
    void aClientGuessesTenTimesAMinute() {
        exhaust(GUESSER);
        assertWaits(wrong(GUESSER), SPAN);
        clock.advance(SPAN.minusSeconds(1));
        assertWaits(right(GUESSER), Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(right(GUESSER)).isInstanceOf(KeyDecision.Accepted.class);
        exhaust(GUESSER);
    }

    @Test
    void aGuesserShutsOutNobodyElse() {
        exhaust(GUESSER);
        for (int i = 0; i < 10_000; i++) assertWaits(wrong(GUESSER), SPAN);
        assertThat(right("192.0.2.2")).isInstanceOf(KeyDecision.Accepted.class);
        exhaust("192.0.2.2");
    }

    @Test
    void aRightKeyIsNoGuess() {
        for (int i = 0; i < 3 * LIMIT; i++) assertThat(right(GUESSER)).isInstanceOf(KeyDecision.Accepted.class);
        exhaust(GUESSER);
    }

    @Test
    void aProgramThatKeepsSendingAnOldKeyGuessesOnce() {
        for (int i = 0; i < 3 * LIMIT; i++)
            assertThat(guesses.wrong(GUESSER, "the-old-key")).isInstanceOf(KeyDecision.Rejected.class);
        assertThat(right(GUESSER)).isInstanceOf(KeyDecision.Accepted.class);
    }

    @Test
    void thoseForWhomThereIsNoRoomCountAsOne() {
        for (int i = 0; i < CLIENTS; i++) wrong("10.0.0." + i);
        for (int i = 0; i < LIMIT; i++) assertThat(wrong("10.0.1." + i)).isInstanceOf(KeyDecision.Rejected.class);
        assertWaits(wrong("10.0.2.1"), SPAN);
        assertThat(right("10.0.0.4")).isInstanceOf(KeyDecision.Accepted.class);
        clock.advance(SPAN);
        assertThat(wrong("10.0.2.1")).isInstanceOf(KeyDecision.Rejected.class);
    }

    @Test
    void aClientIsNotShutOutForLongerWhenTheClockIsSetBack() {
        clock.set(Instant.parse("2026-03-04T05:06:07Z"));
        exhaust(GUESSER);
        clock.advance(Duration.ofHours(-1));
        assertThat(right(GUESSER)).isInstanceOf(KeyDecision.Accepted.class);
        exhaust(GUESSER);
        assertWaits(wrong(GUESSER), SPAN);
    }
}
