package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ConsoleSessionsTest {

    /** A clock that is turned. */
    private static final class Turned extends Clock {
        private Instant now = Instant.parse("2026-03-04T05:06:07Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void turn(Duration by) {
            now = now.plus(by);
        }
    }

    private final Turned clock = new Turned();

    @Test
    void aSessionEndsWhenNobodyUsesIt() {
        ConsoleSessions sessions = new ConsoleSessions(clock, new SecureRandom());
        String id = sessions.open();
        assertThat(id).hasSizeGreaterThan(40).isNotEqualTo(sessions.open());
        clock.turn(ConsoleSessions.IDLE.minusSeconds(1));
        assertThat(sessions.find(id)).isPresent();
        clock.turn(ConsoleSessions.IDLE.minusSeconds(1));
        assertThat(sessions.find(id)).isPresent();
        clock.turn(ConsoleSessions.IDLE.plusSeconds(1));
        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void aNoticeIsShownOnce() {
        ConsoleSession session = new ConsoleSession("token");
        session.secret("made", "whsec_x");
        assertThat(session.takeNotice()).hasValueSatisfying(notice -> {
            assertThat(notice.secret()).isEqualTo("whsec_x");
            assertThat(notice.toString()).doesNotContain("whsec_x");
        });
        assertThat(session.takeNotice()).isEmpty();
        assertThat(session.matches("token")).isTrue();
        assertThat(session.matches("toke")).isFalse();
    }

    @Test
    void wrongKeysAreLookedAtTenTimesAMinute() {
        SignInAttempts attempts = new SignInAttempts(clock);
        for (int i = 0; i < SignInAttempts.MOST; i++) {
            assertThat(attempts.isOpen()).isTrue();
            attempts.failed();
            clock.turn(Duration.ofSeconds(1));
        }
        assertThat(attempts.isOpen()).isFalse();
        clock.turn(SignInAttempts.SPAN.minusSeconds(SignInAttempts.MOST + 1));
        assertThat(attempts.isOpen()).isFalse();
        clock.turn(Duration.ofSeconds(1));
        assertThat(attempts.isOpen()).isTrue();
    }
}
