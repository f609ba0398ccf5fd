package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionDocumentsTest {

    private static JsonNode shown(Status status, Progress.Endpoint endpoint) {
        Subscription subscription =
                new Subscription("sub_1", Samples.request(""), status, List.of(), Samples.TIME, 0, 0);
        return SubscriptionDocuments.of(subscription, new Progress.Position(7, 1, endpoint), NameStyle.LOWER);
    }

    @ParameterizedTest
    @CsvSource({"retry-after,paused", "circuit-open,active"})
    void whatAnEndpointThatIsNotCalledNowMakesOfASubscription(String state, String status) {
        JsonNode shown = shown(Status.ACTIVE, new Progress.Endpoint(state, 1, null, Instant.MAX.minusSeconds(1)));
        assertThat(shown.path("status").asText()).isEqualTo(status);
        assertThat(shown.path("reason").asText()).isEqualTo(state);
        assertThat(shown.at("/endpoint/state").asText()).isEqualTo(state);
    }

    @Test
    void whatElseASubscriptionIsComesFirst() {
        Progress.Endpoint asked = new Progress.Endpoint("retry-after", 0, null, Samples.TIME);
        JsonNode shown = shown(new Status(Status.State.DISABLED, "gone"), asked);
        assertThat(shown.path("status").asText()).isEqualTo("disabled");
        assertThat(shown.path("reason").asText()).isEqualTo("gone");
        JsonNode tried = shown(Status.ACTIVE, new Progress.Endpoint("circuit-open", 3, Samples.TIME, null));
        assertThat(tried.path("reason").asText()).isEqualTo("circuit-open");
        assertThat(tried.path("endpoint").has("until")).isFalse();

        JsonNode failing = shown(Status.ACTIVE, new Progress.Endpoint("failing", 3, Samples.TIME, null));
        assertThat(failing.path("status").asText()).isEqualTo("active");
        assertThat(failing.has("reason")).isFalse();
    }
}
