package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.event.EventJson;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The stream over real HTTP. */
class TailApiTest extends TailFixture {

    @Test
    void publishedEventsComeAsStructuredEventsOneALine() throws Exception {
        try (InputStream stream = tail("")) {
            publications.publish("customers", "customer.created", "{\n \"n\": 1.10 }");
            publications.publish("orders", "order.created", "2");
            List<String> messages = data(stream, 2);
            assertThat(messages.get(0)).contains("\"data\":{\"n\":1.10}");
            Event event = EventJson.read(messages.get(1).getBytes(StandardCharsets.UTF_8));
            assertThat(event).isEqualTo(publications.all.get(1).event());
        }
    }

    @Test
    void channelAndTypeSelect() throws Exception {
        try (InputStream stream = tail("?channel=customers&type=customer.updated")) {
            publications.publish("orders", "customer.updated", "1");
            publications.publish("customers", "customer.created", "2");
            publications.publish("customers", "customer.updated", "3");
            assertThat(data(stream, 1)).singleElement().asString().contains("\"data\":3");
        }
    }

    @Test
    void aReaderGoesOnWhereItLeftOff() throws Exception {
        for (int i = 1; i <= 5; i++) publications.publish("c", "t", String.valueOf(i));
        try (InputStream stream = tail("", "Last-Event-ID", "3")) {
            publications.publish("c", "t", "6");
            assertThat(data(stream, 3))
                    .satisfiesExactly(
                            four -> assertThat(four).contains("\"data\":4"),
                            five -> assertThat(five).contains("\"data\":5"),
                            six -> assertThat(six).contains("\"data\":6"));
        }
    }

    /** It may have asked another gateway, or this one before its data were put back. */
    @Test
    void aReaderWhoIsAheadGetsWhatIsPublishedFromNowOn() throws Exception {
        publications.publish("c", "t", "1");
        try (InputStream stream = tail("", "Last-Event-ID", "99")) {
            publications.publish("c", "t", "2");
            assertThat(data(stream, 1)).singleElement().asString().contains("\"data\":2");
        }
    }

    /** A stream that nobody reads would never end. */
    @Test
    void theHeadAloneOpensNoStream() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getWebServer().getPort() + "/api/tail"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(10))
                .build();
        HttpResponse<Void> reply = client.send(request, HttpResponse.BodyHandlers.discarding());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValue("content-type")).hasValue("text/event-stream");
        assertThat(publications.listeners).isEmpty();
    }

    @Test
    void theEndOfTheServerEndsTheStreams() throws Exception {
        try (InputStream stream = tail("")) {
            assertThat(publications.listeners).hasSize(1);
            server.close();
            stream.readAllBytes();
        } catch (java.io.IOException e) {
            assertThat(e).hasMessageNotContaining("timed out");
        }
        await().untilAsserted(() -> assertThat(publications.listeners).isEmpty());
    }

    @Test
    void aReaderWhoMayHaveNoMoreGetsNoMore() {
        AtomicBoolean ended = new AtomicBoolean();
        new Tail(publications, null, null, Tail.NOW, allowed::get).start(() -> ended.set(true));
        publications.publish("c", "t", "1");
        assertThat(ended).isFalse();
        allowed.set(false);
        publications.publish("c", "t", "2");
        await().untilTrue(ended);
        assertThat(publications.listeners).isEmpty();
    }
}
