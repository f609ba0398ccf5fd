package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
    private static final Duration MOST = Duration.ofHours(24);

    private static Verdict of(int status, Map<String, String> head) {
        return Verdict.of(new Outcome.Answered(status, head, Phases.NONE), NOW, MOST);
    }

    static Stream<Arguments> everyStatus() {
        return IntStream.rangeClosed(200, 599).mapToObj(status -> Arguments.of(status, expected(status)));
    }

    /** Written apart from the table under test: section 7 of the interface, status by status. */
    private static Class<? extends Verdict> expected(int status) {
        if (status / 100 == 2) return Verdict.Delivered.class;
        return switch (status) {
            case 410 -> Verdict.Disable.class;
            case 400, 413, 415, 422 -> Verdict.Dead.class;
            default -> Verdict.Retry.class;
        };
    }

    @ParameterizedTest
    @MethodSource("everyStatus")
    void everyStatusHasItsVerdict(int status, Class<? extends Verdict> verdict) {
        assertThat(of(status, Map.of())).isExactlyInstanceOf(verdict);
    }

    @ParameterizedTest
    @CsvSource({
        "429, 120, 2026-11-01T12:02:00Z",
        "503, 120, 2026-11-01T12:02:00Z",
        "429, ' 7 ', 2026-11-01T12:00:07Z",
        "429, 'Sun, 01 Nov 2026 13:00:00 GMT', 2026-11-01T13:00:00Z",
        "503, 'Sun, 01 Nov 2026 13:00:00 GMT', 2026-11-01T13:00:00Z",
        "429, 'Sunday, 01-Nov-26 13:00:00 GMT', 2026-11-01T13:00:00Z",
        "429, 'Sun Nov  1 13:00:00 2026', 2026-11-01T13:00:00Z",
        "429, 'Sunday, 06-Nov-94 08:49:37 GMT', 2026-11-01T12:00:01Z",
        "429, 'Sunday, 01-Nov-76 08:49:37 GMT', 2026-11-02T12:00:00Z",
        "429, 'Tuesday, 01-Nov-77 08:49:37 GMT', 2026-11-01T12:00:01Z",
        "429, 999999999999, 2026-11-02T12:00:00Z",
        "429, 99999999999999999999, 2026-11-02T12:00:00Z",
        "429, 0, 2026-11-01T12:00:01Z",
        "429, 'Sat, 31 Oct 2026 13:00:00 GMT', 2026-11-01T12:00:01Z",
    })
    void retryAfterPausesWithinItsBounds(int status, String value, Instant until) {
        assertThat(of(status, Map.of("retry-after", value)))
                .isInstanceOfSatisfying(
                        Verdict.Pause.class, pause -> assertThat(pause.until()).isEqualTo(until));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "Sun, 32 Nov 2026 13:00:00 GMT"})
    void aMalformedRetryAfterIsNone(String value) {
        assertThat(of(429, Map.of("retry-after", value))).isInstanceOf(Verdict.Retry.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 404, 500, 502})
    void retryAfterMeansNothingElsewhere(int status) {
        assertThat(of(status, Map.of("retry-after", "120"))).isInstanceOf(Verdict.Retry.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 404, 429, 500, 503})
    void aSinkMayAskToBeLeftAlone(int status) {
        assertThat(of(status, Map.of("webhook-delivery", "disable"))).isInstanceOf(Verdict.Disable.class);
        assertThat(of(200, Map.of("webhook-delivery", "disable"))).isInstanceOf(Verdict.DeliveredLast.class);
    }

    @Test
    void otherWordsInThatFieldMeanNothing() {
        assertThat(of(200, Map.of("webhook-delivery", "enable"))).isInstanceOf(Verdict.Delivered.class);
        assertThat(of(500, Map.of("webhook-delivery", "disabled"))).isInstanceOf(Verdict.Retry.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timeout", "connect", "tls", "dns", "reset", "forbidden-address", "signature"})
    void whateverBrokeIsTriedAgain(String reason) {
        assertThat(Verdict.of(new Outcome.Failed(reason, Phases.NONE), NOW, MOST))
                .isEqualTo(new Verdict.Retry(reason));
    }
}
