package io.eventful.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SettingsLimitsTest {

    private final Limits limits = new Limits("eventful.x.");

    private static void allowed(ThrowingCallable... checks) {
        for (ThrowingCallable check : checks) assertThatCode(check).doesNotThrowAnyException();
    }

    private static void refused(String message, ThrowingCallable check) {
        assertThatThrownBy(check).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void whatMustBePositiveIsMoreThanNothing() {
        allowed(() -> limits.positive("a", 1), () -> limits.positive("a", Duration.ofNanos(1)));
        refused("eventful.x.a is 0; use 1 or more", () -> limits.positive("a", 0));
        refused("eventful.x.a is PT0S; use a duration above 0, such as 2s", () -> limits.positive("a", Duration.ZERO));
        refused(
                "eventful.x.a is PT-1S; use a duration above 0, such as 2s",
                () -> limits.positive("a", Duration.ofSeconds(-1)));
    }

    @Test
    void boundsAreAllowedThemselves() {
        allowed(
                () -> limits.between("a", 3, 3, 5),
                () -> limits.between("a", 5, 3, 5),
                () -> limits.between("a", Duration.ofSeconds(3), Duration.ofSeconds(3), Duration.ofSeconds(5)),
                () -> limits.between("a", Duration.ofSeconds(5), Duration.ofSeconds(3), Duration.ofSeconds(5)));
        refused("eventful.x.a is 2; use a number from 3 to 5", () -> limits.between("a", 2, 3, 5));
        refused("eventful.x.a is 6; use a number from 3 to 5", () -> limits.between("a", 6, 3, 5));
        refused(
                "eventful.x.a is PT2S; use a duration from PT3S to PT5S",
                () -> limits.between("a", Duration.ofSeconds(2), Duration.ofSeconds(3), Duration.ofSeconds(5)));
        refused(
                "eventful.x.a is PT6S; use a duration from PT3S to PT5S",
                () -> limits.between("a", Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofSeconds(5)));
    }

    @Test
    void aSizeFitsIntoMemory() {
        allowed(() -> limits.size("a", DataSize.ofBytes(1)), () -> limits.size("a", DataSize.ofMegabytes(64)));
        refused(
                "eventful.x.a is 0B; use a size from 1B to 64MB, such as 1MB",
                () -> limits.size("a", DataSize.ofBytes(0)));
        assertThatThrownBy(() -> limits.size("a", DataSize.ofBytes((64L << 20) + 1)))
                .hasMessageContaining("64MB");
    }
}
