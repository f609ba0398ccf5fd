package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As {@link BrokenGatewayTest}, all along the way from the data port to the subscriber, against the whole gallery. */
@Tag("long")
class BrokenGatewayIT {

    @ParameterizedTest
    @CsvSource({
        "capture.Outcomes, reason",
        "event.EventType, of",
        "event.JsonPatch, inverse",
        "event.StateRendering, data",
        "event.NotificationRendering, data",
        "event.Redaction, take",
        "routes.PatchBean, apply",
        "delivery.Signer, sign",
    })
    void aBrokenClassTurnsATestRed(String type, String method) throws Exception {
        try (BrokenClass broken = new BrokenClass(type, method)) {
            assertThat(RedTests.with(broken, List.of(Path.of("routes")))).isNotEmpty();
        }
    }
}
