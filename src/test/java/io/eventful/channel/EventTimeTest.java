package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05.1Z",
                "2026-01-02T03:04:05.123456789Z",
                "2024-02-29T23:59:59.000001Z",
                "0001-01-01T00:00:00Z",
                "2026-01-02T03:04:05.5+02:00",
                "2026-01-02T03:04:05-11:30",
                "2026-01-02T03:04Z"
            })
    void isReadAsJavaReadsIt(String text) {
        assertThat(EventTime.parse(text)).isEqualTo(OffsetDateTime.parse(text).toInstant());
    }

    @Test
    void whatTheGatewayWritesIsReadAgain() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            Instant time = Instant.ofEpochSecond(random.nextLong(4_000_000_000L), random.nextInt(1_000_000_000));
            assertThat(EventTime.parse(time.toString())).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                "yesterday",
                "2026-13-02T03:04:05Z",
                "2026-02-30T03:04:05Z",
                "2026-01-02T24:00:00Z",
                "2026-01-02T03:60:05Z",
                "2026-01-02T03:04:60Z",
                "2026-01-02T03:04:05.1234567891Z",
                "2026-01-02T03:04:05.12a4Z",
                "2026-01-02T03:04:05",
                "2026/01/02T03:04:05Z"
            })
    void whatIsNoTimeIsRefusedWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> EventTime.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("not a CloudEvent: time is not RFC 3339");
    }
}
