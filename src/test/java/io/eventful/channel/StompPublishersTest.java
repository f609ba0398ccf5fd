package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** STOMP clients say by their content type in which mode they publish, and what the data is. */
class StompPublishersTest extends ProtocolsFixture {

    private static final String ATTRIBUTES =
            "cloudEvents_specversion:1.0\ncloudEvents_id:%s\n" + "cloudEvents_source:/stranger\ncloudEvents_type:t\n";

    private void send(String headers, String body) throws Exception {
        try (Socket socket = stompClient()) {
            frame(
                    socket,
                    "SEND\ndestination:c\ndestination-type:MULTICAST\nreceipt:r\n" + headers + "content-length:"
                            + body.length() + "\n\n" + body);
            assertThat(frame(socket)).startsWith("RECEIPT");
        }
    }

    private Event received() {
        await().atMost(Duration.ofSeconds(30)).until(() -> !received.isEmpty());
        assertThat(received).hasSize(1);
        return received.remove();
    }

    @Test
    void theContentTypeOfBinaryModeIsThatOfTheData() throws Exception {
        send(ATTRIBUTES.formatted("text") + "content-type:text/plain\n", "hello");
        assertThat(received()).satisfies(event -> {
            assertThat(event.datacontenttype()).isEqualTo("text/plain");
            assertThat(event.data()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
        });
    }

    /** As clients do that write the attributes as properties, too, so that they can be selected by them. */
    @Test
    void theContentTypeOfStructuredModeWinsOverAttributesAsProperties() throws Exception {
        send(
                ATTRIBUTES.formatted("outer") + "content-type:application/cloudevents+json; charset=utf-8\n",
                STRUCTURED.formatted("inner"));
        assertThat(received()).satisfies(event -> {
            assertThat(event.id()).isEqualTo("inner");
            assertThat(event.data()).asString(StandardCharsets.UTF_8).isEqualTo("{\"n\":1.10}");
        });
    }

    @Test
    void aDeadLetterKeepsTheContentType() throws Exception {
        send("content-type:application/cloudevents+json\n", "no event");
        // The first dead letter makes the queue.
        await().atMost(Duration.ofSeconds(30)).until(() -> embedded.server().locateQueue("c.dead") != null);
        try (Socket socket = stompClient()) {
            frame(socket, "SUBSCRIBE\nid:1\ndestination:c.dead\nsubscription-type:ANYCAST\n\n");
            assertThat(frame(socket)).endsWith("no event").contains("content-type:application/cloudevents+json");
        }
    }

    @Test
    void asSubscribersTheyAreToldTheContentTypeOfTheGatewaysEvents() throws Exception {
        try (Socket socket = stompClient()) {
            frame(socket, "SUBSCRIBE\nid:1\ndestination:c\nsubscription-type:MULTICAST\nreceipt:r1\n\n");
            assertThat(frame(socket)).startsWith("RECEIPT");
            publish();
            assertThat(frame(socket)).startsWith("MESSAGE").contains("\ncontent-type:application/json\n");
        }
    }
}
