package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.harness.TestClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConsoleSessionsTest {

    private static final Duration IDLE = Duration.ofHours(2);
    private static final Duration LONGEST = Duration.ofHours(12);

    private final TestClock clock = new TestClock(Instant.EPOCH);
    private final ConsoleSessions sessions = new ConsoleSessions(
            new AdminSettings.Console(IDLE, LONGEST, Duration.ofSeconds(45)), clock, new SecureRandom());

    @Test
    void aSessionEndsWhenNobodyUsesIt() {
        String id = sessions.open();
        assertThat(id).hasSizeGreaterThan(40).isNotEqualTo(sessions.open());
        clock.advance(IDLE.minusSeconds(1));
        assertThat(sessions.touch(id)).isPresent();
        clock.advance(IDLE.minusSeconds(1));
        ConsoleSession session = sessions.find(id).orElseThrow();
        assertThat(sessions.isOpen(session)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.isOpen(session)).isFalse();
        assertThat(sessions.touch(id)).isEmpty();
    }

    @Test
    void aSessionEndsHoweverMuchItIsUsed() {
        String id = sessions.open();
        for (int hours = 1; hours < LONGEST.toHours(); hours++) {
            clock.advance(Duration.ofHours(1));
            assertThat(sessions.touch(id)).as("after %s hours", hours).isPresent();
        }
        clock.advance(Duration.ofHours(1));
        assertThat(sessions.touch(id)).isEmpty();
    }

    @Test
    void whatGoesOnInASessionEndsWhenSomebodySignsOut() {
        String id = sessions.open();
        ConsoleSession session = sessions.touch(id).orElseThrow();
        sessions.close(id);
        assertThat(sessions.isOpen(session)).isFalse();
        assertThat(sessions.find(id)).isEmpty();
    }

    @Test
    void aNoticeIsShownOnce() {
        ConsoleSession session = new ConsoleSession("token", Instant.EPOCH);
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
    void aSecretIsNotLostToWhatIsToldLate() {
        ConsoleSession session = new ConsoleSession("token", Instant.EPOCH);
        session.waiting("under way");
        session.showLater(ConsoleSession.Notice.done("done"));
        assertThat(session.takeNotice()).contains(ConsoleSession.Notice.done("done"));
        session.secret("made", "whsec_x");
        session.showLater(ConsoleSession.Notice.done("done"));
        assertThat(session.takeNotice()).map(ConsoleSession.Notice::secret).contains("whsec_x");
    }
}
