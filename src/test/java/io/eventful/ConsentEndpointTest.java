package io.eventful;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.Routing.Layer;
import io.eventful.edge.TestEdges;
import io.eventful.store.StoreUnavailableException;
import io.eventful.subscription.ConsentCallbacks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsentEndpointTest {

    @Test
    void whoConsentsIsAnsweredAlthoughNothingCanBeKept() throws Exception {
        try (TestEdges edge = TestEdges.before(9, Duration.ofSeconds(5), null);
                HttpClient client = HttpClient.newHttpClient()) {
            edge.routing().install(Layer.OWN, new ConsentEndpoint((token, rate) -> {
                throw new StoreUnavailableException("disk full");
            }));
            edge.listen();
            HttpRequest callback = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + edge.port() + ConsentCallbacks.PATH + "sub_1-x"))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            HttpResponse<String> response = client.send(callback, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Retry-After")).isPresent();
            assertThat(response.body()).contains("cannot be stored").doesNotContain("disk full");
        }
    }
}
