package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import java.security.SecureRandom;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsoleSessionsTest {

    private final TestClock clock = new TestClock(Instant.EPOCH);

    @Test
    void aSessionEndsWhenNobodyUsesIt() {
        ConsoleSessions sessions = new ConsoleSessions(clock, new SecureRandom());
        String id = sessions.open();
        assertThat(id).hasSizeGreaterThan(40).isNotEqualTo(sessions.open());
        clock.advance(ConsoleSessions.IDLE.minusSeconds(1));
        assertThat(sessions.find(id)).isPresent();
        clock.advance(ConsoleSessions.IDLE.minusSeconds(1));
        assertThat(sessions.find(id)).isPresent();
        clock.advance(ConsoleSessions.IDLE.plusSeconds(1));
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
}
