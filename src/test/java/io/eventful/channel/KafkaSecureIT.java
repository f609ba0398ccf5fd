package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventful.event.Event;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A Kafka that wants TLS and a password and lets the gateway do only what it needs. */
class KafkaSecureIT {

    @TempDir
    static Path folder;

    @TempDir
    Path data;

    private static KafkaServer server;
    private static Certificate certificate;

    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
    private AnnotationConfigApplicationContext store;
    private DefaultChannels channels;

    @BeforeAll
    static void startBroker() throws Exception {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        certificate = Certificate.create(folder);
        server = KafkaServer.start(folder, "SASL_SSL", """
            ssl.keystore.type=PKCS12
            ssl.keystore.location=%1$s
            ssl.keystore.password=%2$s
            ssl.truststore.type=PKCS12
            ssl.truststore.location=%1$s
            ssl.truststore.password=%2$s
            sasl.enabled.mechanisms=PLAIN
            sasl.mechanism.inter.broker.protocol=PLAIN
            listener.name.sasl_ssl.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="admin-secret" user_admin="admin-secret" user_gateway="gateway-secret";
            authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
            super.users=User:admin;User:ANONYMOUS
            """.formatted(certificate.file(), certificate.password()));
        try (Admin admin = admin()) {
            admin.createTopics(List.of(
                            new NewTopic("allowed", 3, (short) 1),
                            new NewTopic("forbidden", 1, (short) 1),
                            new NewTopic("small", 1, (short) 1).configs(Map.of("max.message.bytes", "10000"))))
                    .all()
                    .get(60, TimeUnit.SECONDS);
            List<AclBinding> rights = new ArrayList<>();
            for (String topic : List.of("allowed", "small"))
                for (AclOperation operation : List.of(AclOperation.READ, AclOperation.WRITE))
                    rights.add(right(ResourceType.TOPIC, topic, PatternType.LITERAL, operation));
            rights.add(right(ResourceType.TOPIC, "*", PatternType.LITERAL, AclOperation.DESCRIBE));
            rights.add(right(ResourceType.GROUP, "eventful.", PatternType.PREFIXED, AclOperation.READ));
            admin.createAcls(rights).all().get(60, TimeUnit.SECONDS);
        }
    }

    private static Admin admin() {
        Map<String, Object> config = new HashMap<>(client("admin"));
        config.put("bootstrap.servers", server.bootstrapServers());
        return Admin.create(config);
    }

    private static AclBinding right(ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:gateway", "*", operation, AclPermissionType.ALLOW));
    }

    private static Map<String, String> client(String user) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                        + user + "-secret\";",
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                certificate.file().toString(),
                "ssl.truststore.password",
                certificate.password());
    }

    @AfterAll
    static void stopBroker() {
        if (server != null) server.close();
    }

    @BeforeEach
    void start() {
        store = ChannelFixture.store(data);
        BrokerSettings settings =
                ChannelFixture.kafka(server.bootstrapServers(), client("gateway"), ChannelFixture.consume(16, 2));
        assertThat(settings.kafka().toString()).doesNotContain("gateway-secret");
        channels = new DefaultChannels(
                settings,
                new ChannelsSettings(Map.of()),
                ChannelFixture.publications(store),
                kind -> new KafkaBroker(settings, KafkaMembers.of(data)),
                null,
                timer);
        channels.start();
    }

    @AfterEach
    void stop() {
        channels.close();
        timer.shutdownNow();
        store.close();
    }

    private CompletableFuture<Void> publish(String channel, byte[] body) {
        return channels.publish(channel, ChannelFixture.event("/k", 1, body))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS);
    }

    @Test
    void eventsGoOverTlsWithAPassword() {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume("allowed", "a", BrokerContract.into(received));
        publish("allowed", new byte[5]).join();
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(received).hasSize(1));
    }

    /** Nobody has to start the gateway anew when somebody has put a right in order. */
    @Test
    void aGroupThatWasRefusedIsReadAsSoonAsItIsAllowed() throws Exception {
        AclBinding refusal = new AclBinding(
                new ResourcePattern(ResourceType.GROUP, QueueNames.of("allowed", "late"), PatternType.LITERAL),
                new AccessControlEntry("User:gateway", "*", AclOperation.ALL, AclPermissionType.DENY));
        try (Admin admin = admin()) {
            admin.createAcls(List.of(refusal)).all().get(60, TimeUnit.SECONDS);
            assertThatThrownBy(() -> channels.declare("allowed", "late")
                            .toCompletableFuture()
                            .get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(GroupAuthorizationException.class);
            ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
            Channels.Consumption late = channels.consume("allowed", "late", BrokerContract.into(received));
            assertThatThrownBy(() -> publish("allowed", 1))
                    .as("the consumer is there and would miss the event")
                    .hasMessageContaining("late")
                    .hasCauseInstanceOf(ChannelUnavailableException.class);
            admin.deleteAcls(List.of(refusal.toFilter())).all().get(60, TimeUnit.SECONDS);
            // It begins with what is published once it is declared.
            await().atMost(Duration.ofSeconds(90))
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .until(() -> {
                        publish("allowed", 2);
                        return true;
                    });
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(received).extracting(Event::position).contains(2L));
            late.close();
        }
    }

    /** Who has ended misses nothing, so nobody waits for it. */
    @Test
    void aConsumerThatEndsWhileItIsRefusedHoldsUpNobody() {
        Channels.Consumption refused =
                channels.consume("missing", "never", event -> CompletableFuture.completedStage(null));
        assertThatThrownBy(() -> publish("missing", 1)).hasMessageContaining("never");
        refused.close();
        assertThatThrownBy(() -> publish("missing", 1)).hasMessageContaining("may not create it");
    }

    private void publish(String channel, long position) {
        channels.publish(channel, ChannelFixture.event("/k", position))
                .toCompletableFuture()
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void aTopicThatMayNotBeCreatedIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> publish("missing", new byte[5]).join())
                .hasMessageContaining("missing")
                .hasMessageContaining("may not create it")
                .hasMessageContaining("allow CREATE");
    }

    /** Somebody has changed the password: events wait, as they do when the broker is away. */
    @Test
    void aClusterThatDoesNotLetTheGatewayInIsNotConnected() {
        BrokerSettings settings =
                ChannelFixture.kafka(server.bootstrapServers(), client("intruder"), ChannelFixture.consume(16, 2));
        try (KafkaBroker broker = new KafkaBroker(settings, KafkaMembers.nameless())) {
            broker.start();
            CompletableFuture<Void> sent =
                    broker.send("allowed", ChannelFixture.event("/k", 1)).toCompletableFuture();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(broker.condition()).isEqualTo(Broker.Condition.DISCONNECTED));
            broker.expire();
            assertThat(sent).isNotDone();
        }
    }

    @Test
    void aUserWithoutARightAtATopicWaitsForIt() {
        assertThatThrownBy(() -> publish("forbidden", new byte[5]).join())
                .hasRootCauseInstanceOf(TopicAuthorizationException.class)
                .hasCauseInstanceOf(ChannelUnavailableException.class)
                .hasMessageContaining("forbidden")
                .hasMessageContaining("allow DESCRIBE, READ and WRITE");
    }

    @Test
    void anEventOverTheTopicsLimitIsRefusedWithTheLimitsName() {
        assertThatThrownBy(() -> publish("small", new byte[50_000]).join())
                .cause()
                .isInstanceOf(EventTooLargeException.class)
                .hasMessageContaining("max.message.bytes");
    }
}
