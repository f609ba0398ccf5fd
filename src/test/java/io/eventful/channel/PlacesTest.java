package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.ChannelsSettings.Channel;
import io.eventful.channel.Places.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {

    private static final Places PLACES = new Places(
            new ChannelsSettings(Map.of(
                    "customers",
                    new Channel(null, "crm"),
                    "audit",
                    new Channel(Kind.KAFKA, null),
                    "invoices",
                    new Channel(Kind.KAFKA, "billing"))),
            Kind.ARTEMIS);

    @Test
    void aChannelIsWhereItsEntrySaysElseWhereItsNameSays() {
        assertThat(PLACES.of("customers")).isEqualTo(new Place(Kind.ARTEMIS, "crm"));
        assertThat(PLACES.of("audit")).isEqualTo(new Place(Kind.KAFKA, "audit"));
        assertThat(PLACES.of("orders")).isEqualTo(new Place(Kind.ARTEMIS, "orders"));
        // On another broker it is another one.
        assertThat(PLACES.of("billing")).isEqualTo(new Place(Kind.ARTEMIS, "billing"));
    }

    /** Else the consumers of each would get the events of both. */
    @Test
    void aChannelWhoseNameIsTheDestinationOfAnotherIsRefused() {
        assertThatThrownBy(() -> PLACES.of("crm"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'crm'")
                .hasMessageContaining("eventful.channels.customers.destination");
    }

    @Test
    void twoChannelsOfOneDestinationAreFoundHoweverTheirBrokerIsNamed() {
        ChannelsSettings settings = new ChannelsSettings(
                Map.of("a", new Channel(null, "x"), "b", new Channel(Kind.ARTEMIS, "x"), "x", new Channel(null, "y")));
        assertThat(settings.shared(Kind.ARTEMIS)).containsExactly(Map.entry("b", "a"));
        assertThat(settings.shared(Kind.KAFKA)).isEmpty();
    }
}
