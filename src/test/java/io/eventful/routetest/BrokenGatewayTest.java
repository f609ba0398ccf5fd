package io.eventful.routetest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Route tests run the code of production: break a class of it, and an example's test is red. */
class BrokenGatewayTest {

    @Test
    void aSignerThatSignsWronglyTurnsATestRed() throws Exception {
        List<Path> tests = List.of(Path.of("routes/examples/notification-pings.test.yaml"));
        assertThat(new RedTests().apply(tests)).as("sound").isEmpty();
        try (BrokenClass broken = new BrokenClass("delivery.Signer", "sign")) {
            assertThat(RedTests.with(broken, tests))
                    .singleElement()
                    .asString()
                    .contains("the signature of a webhook to follower does not match the secret of its subscription");
        }
    }
}
