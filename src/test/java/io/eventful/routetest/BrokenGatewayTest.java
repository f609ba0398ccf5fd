package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Route tests run the code of production: break a class of it, and an example's test is red. */
class BrokenGatewayTest {

    @ParameterizedTest
    @CsvSource({"delivery.Signer, sign, examples/notification-pings", "event.Redaction, take, examples/redaction"})
    void aBrokenClassTurnsATestRed(String type, String method, String example) throws Exception {
        List<Path> tests = List.of(Path.of("routes/" + example + ".test.yaml"));
        assertThat(new RedTests().apply(tests)).as("sound").isEmpty();
        try (BrokenClass broken = new BrokenClass(type, method)) {
            assertThat(RedTests.with(broken, tests))
                    .as("%s.%s broken", type, method)
                    .isNotEmpty();
        }
    }
}
