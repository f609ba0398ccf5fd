package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.settings.HierarchicalRepository;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.Test;

/** What the embedded broker keeps for MQTT clients in places of its own: retained messages, and QoS 2 under way. */
class MqttRetainedTest extends ProtocolsFixture {

    private static byte[] structured(String id) {
        return STRUCTURED.formatted(id).getBytes(StandardCharsets.UTF_8);
    }

    private static BlockingQueue<MqttMessage> subscribe(MqttClient client, int qos) throws MqttException {
        BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();
        client.subscribe("c", qos, (topic, message) -> messages.add(message));
        return messages;
    }

    private static MqttMessage next(BlockingQueue<MqttMessage> messages) throws InterruptedException {
        MqttMessage message = messages.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    private static void leave(MqttClient client) throws MqttException {
        client.disconnect();
        client.close();
    }

    @Test
    void aRetainedMessageIsAcknowledgedAndTheLastOneIsKeptForLaterSubscribers() throws Exception {
        MqttClient publisher = mqttClient("publisher");
        for (int qos = 0; qos <= 2; qos++) {
            publisher.publish("c", structured("qos" + qos), qos, true);
            arrives("qos" + qos);
        }
        assertThat(publisher.isConnected()).isTrue();
        MqttClient later = mqttClient("later");
        BlockingQueue<MqttMessage> messages = subscribe(later, 1);
        assertThat(next(messages)).satisfies(message -> {
            assertThat(message.isRetained()).isTrue();
            assertThat(message.getPayload()).isEqualTo(structured("qos2"));
        });
        publisher.publish("c", structured("after"), 1, false);
        assertThat(next(messages).isRetained()).isFalse();
        assertThat(channels.orphans()).isEmpty();
        leave(later);
        leave(publisher);
    }

    @Test
    void anEmptyBodyEndsTheRetainingAndIsAcknowledged() throws Exception {
        MqttClient publisher = mqttClient("publisher");
        publisher.publish("c", structured("kept"), 1, true);
        publisher.publish("c", new byte[0], 1, true);
        assertThat(publisher.isConnected()).isTrue();
        MqttClient later = mqttClient("later");
        BlockingQueue<MqttMessage> messages = subscribe(later, 1);
        publisher.publish("c", structured("after"), 1, false);
        assertThat(next(messages).getPayload()).isEqualTo(structured("after"));
        leave(later);
        leave(publisher);
    }

    @Test
    void aSubscriptionOfQos2GetsWhatTheGatewayPublishes() throws Exception {
        MqttClient client = mqttClient("exact");
        BlockingQueue<MqttMessage> messages = subscribe(client, 2);
        Event event = publish();
        assertThat(next(messages).getPayload()).isEqualTo(event.data());
        client.publish("c", structured("second"), 2, false);
        assertThat(next(messages).getPayload()).isEqualTo(structured("second"));
        assertThat(messages).isEmpty();
        leave(client);
    }

    /** Otherwise clients could fill the memory with topics, each with a queue and a message of its own. */
    @Test
    void onlyWhatIsPublishedToADestinationIsRetained() throws Exception {
        for (String topic : new String[] {"nowhere", "$sys/mqtt/retain/c", "$sys/mqtt/retain/nowhere"}) {
            MqttClient client = mqttClient("plain");
            assertThatThrownBy(() -> client.publish(topic, structured("lost"), 1, true))
                    .isInstanceOf(MqttException.class);
            client.close();
        }
        assertThat(embedded.server().getPostOffice().getAddresses())
                .extracting(SimpleString::toString)
                .filteredOn(address -> address.startsWith("$sys.mqtt."))
                .allMatch(address -> address.equals("$sys.mqtt.sessions") || address.equals("$sys.mqtt.retain.c"));
    }

    @Test
    void whatIsRetainedIsPagedLikeEverythingElse() {
        HierarchicalRepository<AddressSettings> all = embedded.server().getAddressSettingsRepository();
        AddressSettings every = all.getMatch("c");
        for (String address : new String[] {"$sys.mqtt.retain.c", "$sys.mqtt.queue.qos2.some.client"})
            assertThat(all.getMatch(address)).satisfies(settings -> {
                assertThat(settings.isAutoCreateAddresses()).isTrue();
                assertThat(settings.getAddressFullMessagePolicy()).isEqualTo(AddressFullMessagePolicy.PAGE);
                assertThat(settings.getMaxSizeBytes()).isEqualTo(every.getMaxSizeBytes());
                assertThat(settings.getPageSizeBytes()).isEqualTo(every.getPageSizeBytes());
                assertThat(settings.isAutoCreateQueues()).isFalse();
            });
        assertThat(every.isAutoCreateAddresses()).isFalse();
    }

    @Test
    void aBrokerWithoutMqttMakesNoAddressesForIt() {
        EmbeddedArtemis plain = new EmbeddedArtemis(ChannelFixture.EMBEDDED, folder.resolve("plain"));
        AddressSettings settings =
                plain.server().getConfiguration().getAddressSettings().get("$sys.mqtt.retain.#");
        assertThat(settings).isNull();
    }
}
