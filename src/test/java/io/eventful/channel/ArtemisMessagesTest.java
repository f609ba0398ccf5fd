package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import java.time.Instant;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtemisMessagesTest {

    private static CoreMessage encoded(Instant time) {
        Event event = ChannelFixture.event("/a", 1);
        CoreMessage message = new CoreMessage().initBuffer(1024);
        ArtemisMessages.encode(
                message,
                new Event(
                        event.id(),
                        event.source(),
                        event.type(),
                        event.subject(),
                        time,
                        event.datacontenttype(),
                        event.dataschema(),
                        event.extensions(),
                        event.data(),
                        null));
        return message;
    }

    @Test
    void aMessageHasTheTimeOfItsEvent() {
        assertThat(encoded(Instant.ofEpochSecond(5)).getTimestamp()).isEqualTo(5_000);
    }

    /** Of events that others publish, and a route sends on. */
    @ParameterizedTest
    @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void aTimeBeyondThoseOfMessagesIsThatOfTheEventAlone(String time) {
        CoreMessage message = encoded(Instant.parse(time));
        assertThat(message.getTimestamp()).isZero();
        assertThat(message.getStringProperty("cloudEvents_time")).isEqualTo(time);
    }
}
