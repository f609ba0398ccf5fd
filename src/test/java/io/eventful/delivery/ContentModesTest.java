package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.message.MessageReader;
import io.cloudevents.http.HttpMessageFactory;
import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same event in both modes of the HTTP binding, read by the official library. */
class ContentModesTest {

    @TempDir
    Path folder;

    private Rig rig;
    private Sink sink;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder);
        sink = new Sink();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        sink.close();
    }

    private Sink.Received received(String mode) {
        rig.subscribe(sink.url(), "\"contentmode\":\"" + mode + "\"");
        assertThat(rig.publish(event("/customers/42", 7))).succeedsWithin(30, TimeUnit.SECONDS);
        return sink.received.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "structured"})
    void theOfficialLibraryReadsTheEvent(String mode) {
        Sink.Received request = received(mode);
        MessageReader reader =
                HttpMessageFactory.createReader(fields -> request.headers().forEach(fields), request.body());
        CloudEvent read = reader.toEvent();
        assertThat(read.getId()).isEqualTo("e7");
        assertThat(read.getSource()).hasToString("/upstreams/default");
        assertThat(read.getType()).isEqualTo("customer.updated");
        assertThat(read.getSubject()).isEqualTo("/customers/42");
        assertThat(read.getExtension("position")).hasToString("7");
        assertThat(read.getDataContentType()).isEqualTo("application/json");
        assertThat(new String(read.getData().toBytes(), StandardCharsets.UTF_8)).isEqualTo("{\"n\":7}");
    }

    /** What a stranger calls its data is no reason to send nothing, or more than one field. */
    @Test
    void aMediaTypeThatIsNoneDoesNotKeepTheEventBack() {
        rig.subscribe(sink.url(), "\"contentmode\":\"binary\"");
        Event strange = event("/customers/42", 7).withData("text/plain\r\nX-More: 1", new byte[] {1});
        assertThat(rig.publish(strange)).succeedsWithin(30, TimeUnit.SECONDS);
        assertThat(sink.received.getFirst().headers())
                .containsEntry("content-type", "application/octet-stream")
                .doesNotContainKey("x-more");
    }

    /** In the one spelling that readers which compare it as a text know: the CloudEvents SDK for JavaScript does. */
    @Test
    void theStructuredTypeIsSpeltAsEveryLibraryKnowsIt() {
        assertThat(received("structured").headers())
                .containsEntry("content-type", "application/cloudevents+json; charset=utf-8")
                .doesNotContainKey("ce-id");
    }
}
