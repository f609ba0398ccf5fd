package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignInAttemptsTest {

    private static final String GUESSER = "192.0.2.1";

    private final TestClock clock = new TestClock(Instant.EPOCH);
    private final SignInAttempts attempts = new SignInAttempts(clock);

    private int admitted(String client, int tries) {
        int admitted = 0;
        for (int i = 0; i < tries; i++) if (attempts.admit(client)) admitted++;
        return admitted;
    }

    @Test
    void aClientGuessesTenTimesAMinute() {
        for (int i = 0; i < SignInAttempts.MOST; i++) {
            assertThat(attempts.admit(GUESSER)).isTrue();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(attempts.admit(GUESSER)).isFalse();
        clock.advance(SignInAttempts.SPAN.minusSeconds(SignInAttempts.MOST + 1));
        assertThat(attempts.admit(GUESSER)).isFalse();
        clock.advance(Duration.ofSeconds(1));
        assertThat(attempts.admit(GUESSER)).isTrue();
    }

    @Test
    void aGuesserShutsOutNobodyElse() {
        assertThat(admitted(GUESSER, 10_000)).isEqualTo(SignInAttempts.MOST);
        assertThat(attempts.admit("192.0.2.2")).isTrue();
    }

    @Test
    void aRightKeyIsNoGuess() {
        for (int i = 0; i < 3 * SignInAttempts.MOST; i++) {
            assertThat(attempts.admit(GUESSER)).isTrue();
            attempts.succeeded(GUESSER);
        }
    }

    @Test
    void whoHasAWholeIpv6NetworkIsOneClient() {
        assertThat(admitted("2001:db8:0:1::1", SignInAttempts.MOST)).isEqualTo(SignInAttempts.MOST);
        assertThat(attempts.admit("2001:db8:0:1:ffff:0:0:2")).isFalse();
        assertThat(attempts.admit("2001:db8:0:2::1")).isTrue();
    }

    @Test
    void allTogetherAreBounded() {
        int admitted = 0;
        for (int i = 0; i < 2 * SignInAttempts.MOST_OF_ALL; i++)
            if (attempts.admit("10.0." + i / 256 + "." + i % 256)) admitted++;
        assertThat(admitted).isEqualTo(SignInAttempts.MOST_OF_ALL);
        clock.advance(SignInAttempts.SPAN);
        assertThat(attempts.admit(GUESSER)).isTrue();
    }
}
