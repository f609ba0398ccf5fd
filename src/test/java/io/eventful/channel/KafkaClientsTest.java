package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is said when a client cannot even be opened. */
class KafkaClientsTest {

    private static KafkaClients clients(String servers, Map<String, String> properties) {
        return new KafkaClients(ChannelFixture.kafka(servers, properties, ChannelFixture.consume(16, 1)));
    }

    @Test
    void hostsWithoutAnAddressAreNamed() {
        KafkaClients clients = clients("nohost.invalid:9092", Map.of());
        assertThatThrownBy(clients::producer)
                .isInstanceOf(ChannelUnavailableException.class)
                .hasMessageContainingAll("nohost.invalid:9092", "none of these hosts has an address");
        assertThatThrownBy(clients::admin)
                .isInstanceOf(ChannelUnavailableException.class)
                .hasMessageContainingAll("nohost.invalid:9092", "none of these hosts has an address");
    }

    @Test
    void aSettingThatIsRefusedIsNamedWithoutItsValue() {
        assertThatThrownBy(() -> clients("127.0.0.1:9092", Map.of("linger.ms", "hunter2"))
                        .producer())
                .isInstanceOf(ChannelUnavailableException.class)
                .hasMessageContaining("eventful.broker.kafka.properties.linger.ms")
                .hasMessageNotContaining("hunter2");
    }
}
