package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.event.Event;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.jupiter.api.Test;

/** Plain AMQP, MQTT and STOMP clients at the embedded broker: each reads what is published, and publishes. */
class ProtocolsTest extends ProtocolsFixture {

    @Test
    void amqp() throws Exception {
        JmsConnectionFactory factory = new JmsConnectionFactory("amqp://127.0.0.1:" + port("AMQP"));
        assertThatThrownBy(() -> factory.createContext("user", "wrong").start())
                .isInstanceOf(jakarta.jms.JMSRuntimeException.class);
        try (JMSContext jms = factory.createContext("user", "secret")) {
            JMSConsumer consumer = jms.createConsumer(jms.createTopic("c"));
            Event event = publish();
            Message message = consumer.receive(30_000);
            assertThat(message.getBody(byte[].class)).isEqualTo(event.data());
            assertThat(message.getStringProperty("cloudEvents_id")).isEqualTo("evt_7");
            assertThat(message.getStringProperty("JMSXGroupID")).isEqualTo("/customers/42");
            jms.createProducer()
                    .setProperty("cloudEvents_specversion", "1.0")
                    .setProperty("cloudEvents_id", "binary")
                    .setProperty("cloudEvents_source", "/stranger")
                    .setProperty("cloudEvents_type", "t")
                    .setProperty("cloudEvents_datacontenttype", "application/json")
                    .send(jms.createTopic("c"), "{\"n\":1.10}".getBytes(StandardCharsets.UTF_8));
            jms.createProducer().send(jms.createTopic("c"), STRUCTURED.formatted("text"));
        }
        arrives("binary");
        arrives("text");
    }

    @Test
    void mqtt() throws Exception {
        MqttClient client = new MqttClient("tcp://127.0.0.1:" + port("MQTT"), "plain", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setUserName("user");
        options.setPassword("wrong".toCharArray());
        assertThatThrownBy(() -> client.connect(options)).isInstanceOf(MqttException.class);
        options.setPassword("secret".toCharArray());
        client.connect(options);
        BlockingQueue<MqttMessage> messages = new LinkedBlockingQueue<>();
        client.subscribe("c", 1, (topic, message) -> messages.add(message));
        Event event = publish();
        MqttMessage message = messages.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.getPayload()).isEqualTo(event.data());
        client.publish("c", STRUCTURED.formatted("mqtt").getBytes(StandardCharsets.UTF_8), 1, false);
        arrives("mqtt");
        client.disconnect();
        client.close();
    }

    @Test
    void stomp() throws Exception {
        try (Socket socket = stompClient()) {
            frame(socket, "SUBSCRIBE\nid:1\ndestination:c\nsubscription-type:MULTICAST\nreceipt:r1\n\n");
            assertThat(frame(socket)).startsWith("RECEIPT");
            Event event = publish();
            assertThat(frame(socket))
                    .startsWith("MESSAGE")
                    .contains("cloudEvents_id:evt_7")
                    .endsWith(new String(event.data(), StandardCharsets.UTF_8));
            frame(socket, "SEND\ndestination:c\ndestination-type:MULTICAST\n\n" + STRUCTURED.formatted("stomp"));
            arrives("stomp");
        }
        try (Socket socket = new Socket("127.0.0.1", port("STOMP"))) {
            socket.setSoTimeout(30_000);
            frame(socket, "CONNECT\naccept-version:1.2\nhost:c\nlogin:user\npasscode:wrong\n\n");
            assertThat(frame(socket)).startsWith("ERROR");
        }
    }

    @Test
    void aPortWithoutAPasswordOrAnUnreadablePlaceStopsTheStartWithItsKey() {
        assertThatThrownBy(() -> new BrokerSettings.Protocols("5672", null, null))
                .hasMessageContaining("eventful.broker.artemis.protocols.amqp")
                .hasMessageContaining("host:port");
        BrokerSettings.Protocols open = new BrokerSettings.Protocols(null, "127.0.0.1:1883", null);
        assertThatThrownBy(() -> new BrokerSettings.Artemis(
                        null,
                        null,
                        open,
                        null,
                        null,
                        "artemis",
                        ChannelFixture.EMBEDDED.memory(),
                        100,
                        1000,
                        ChannelFixture.EMBEDDED.callTimeout()))
                .hasMessageContaining("artemis.protocols")
                .hasMessageContaining("password");
    }

    @Test
    void aPortThatIsTakenStopsTheStart() {
        EmbeddedArtemis second = new EmbeddedArtemis(speaking(port("AMQP")), folder.resolve("second"));
        assertThatThrownBy(second::start)
                .hasMessageStartingWith("eventful.broker.artemis")
                .hasMessageContaining(" to 127.0.0.1:");
    }
}
