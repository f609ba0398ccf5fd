package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliverySettingsTest {

    @Test
    void theDefaultScheduleIsTheOneOfStandardWebhooks() {
        DeliverySettings settings = Rig.settings();
        assertThat(settings.retrySchedule()).hasSize(10);
        assertThat(settings.retrySchedule().stream().reduce(Duration.ZERO, Duration::plus))
                .isEqualTo(Duration.parse("PT75H35M5S"));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.handoff()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void durationsAreWrittenAsSpringReadsThem() {
        DeliverySettings settings = Rig.settings("timeout=2s", "retry-schedule=0s,1m,2h", "consent=required");
        assertThat(settings.retrySchedule()).containsExactly(Duration.ZERO, Duration.ofMinutes(1), Duration.ofHours(2));
        assertThat(settings.consent()).isEqualTo(DeliverySettings.Consent.REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timeout=0s",
                "timeout=1h",
                "handoff=0s",
                "retry-after-max=-1s",
                "secret-overlap=-1s",
                "retry-schedule=0s,-5s",
                "origin=not a name",
                "allowed-networks=10.0.0.0/8,300.0.0.0/8",
                "limits.in-flight=0"
            })
    void aValueOutOfBoundsIsRefusedWithItsPath(String pair) {
        String key = pair.substring(0, pair.indexOf('='));
        assertThatThrownBy(() -> Rig.settings(pair))
                .hasRootCauseInstanceOf(IllegalArgumentException.class)
                .rootCause()
                .hasMessageContaining("eventful.delivery." + key);
    }
}
