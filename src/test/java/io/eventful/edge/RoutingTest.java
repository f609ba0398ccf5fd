package io.eventful.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Who answers a path. */
class RoutingTest extends EdgeCallFixture {

    @Test
    void theFirstLayerThatKnowsAPathServesItAndOwnPathsAreNeverForwarded() throws Exception {
        edge.routing().install(Routing.Layer.CAPTURE, head -> answering("capture"));
        edge.routing()
                .install(Routing.Layer.ENDPOINT, head -> head.path().startsWith("/in") ? answering("endpoint") : null);
        edge.routing().install(Routing.Layer.OWN, head -> head.path().equals("/.eventful/x") ? answering("own") : null);
        try (RawClient client = new RawClient(edge.port())) {
            assertThat(get(client, "/.eventful/x")).isEqualTo("own");
            assertThat(get(client, "/in/1")).isEqualTo("endpoint");
            assertThat(get(client, "/else")).isEqualTo("capture");
            assertThat(get(client, "/.eventful")).contains("\"status\":404");
            assertThat(get(client, "/a/../%2Eeventful//y")).contains("\"status\":404");
            assertThat(get(client, "/.eventfully")).isEqualTo("capture");
        }
        assertThat(upstream.accepted()).isZero();
    }

    private static String get(RawClient client, String target) throws IOException {
        return client.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .reply()
                .text();
    }

    private static Handler answering(String text) {
        return call -> call.answer(new Answer(200, Fields.NONE, text.getBytes()));
    }
}
