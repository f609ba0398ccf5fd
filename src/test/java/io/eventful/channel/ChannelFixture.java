package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Artemis;
import io.eventful.channel.BrokerSettings.Consume;
import io.eventful.channel.BrokerSettings.Kafka;
import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.BrokerSettings.Publish;
import io.eventful.event.Event;
import io.eventful.store.Databases;
import io.eventful.store.StoreSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.unit.DataSize;

/** Settings, stores and events for tests. */
final class ChannelFixture {

    static final BrokerSettings.Protocols NO_PROTOCOLS = new BrokerSettings.Protocols(null, null, null);
    static final Artemis EMBEDDED = new Artemis(
            null,
            null,
            NO_PROTOCOLS,
            null,
            null,
            "artemis",
            DataSize.ofMegabytes(64),
            100,
            20_000,
            Duration.ofSeconds(10));
    static final Kafka NO_KAFKA = new Kafka(null, 3, (short) 1, Map.of());
    static final Publish PUBLISH =
            new Publish(Duration.ofSeconds(20), 20_000, DataSize.ofMegabytes(128), DataSize.ofMegabytes(16));

    static final String CLIENT = "user";
    static final String CLIENT_PASSWORD = "secret";

    private ChannelFixture() {}

    static Consume consume(int window, int attempts) {
        return new Consume(
                window,
                DataSize.ofMegabytes(64),
                attempts,
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                Duration.ofSeconds(5));
    }

    /** A broker that somebody else runs. */
    static Artemis external(String url, @Nullable String user, @Nullable String password) {
        return new Artemis(
                url,
                null,
                NO_PROTOCOLS,
                user,
                password,
                "artemis",
                DataSize.ofMegabytes(64),
                95,
                20_000,
                Duration.ofSeconds(5));
    }

    /** The embedded broker, open to {@link #CLIENT} on a port. */
    static Artemis listening(int port) {
        return new Artemis(
                null,
                address(port),
                NO_PROTOCOLS,
                CLIENT,
                CLIENT_PASSWORD,
                EMBEDDED.journal(),
                EMBEDDED.memory(),
                EMBEDDED.maxDiskUsage(),
                EMBEDDED.duplicateIds(),
                EMBEDDED.callTimeout());
    }

    static String address(int port) {
        return "tcp://127.0.0.1:" + port;
    }

    static BrokerSettings artemis(Artemis artemis, Consume consume) {
        return new BrokerSettings(Kind.ARTEMIS, artemis, NO_KAFKA, PUBLISH, consume);
    }

    static BrokerSettings kafka(String servers, Map<String, String> properties, Consume consume) {
        return new BrokerSettings(Kind.KAFKA, EMBEDDED, new Kafka(servers, 3, (short) 1, properties), PUBLISH, consume);
    }

    /** The real store in a folder. */
    static AnnotationConfigApplicationContext store(Path data) {
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", Map.of("eventful.data", data.toString())));
        context.registerBean(
                StoreSettings.class,
                () -> new StoreSettings("jdbc:sqlite:<data>/eventful.db", null, null, 10_000, 1024, 4));
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.register(storeConfiguration());
        context.refresh();
        return context;
    }

    static Class<?> storeConfiguration() {
        try {
            return Class.forName("io.eventful.store.StoreConfiguration");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    static StoredPublications publications(AnnotationConfigApplicationContext store) {
        return new StoredPublications(store.getBean(Databases.class).open("delivery"), Clock.systemUTC());
    }

    static Event event(String subject, long position) {
        return event(subject, position, ("{\"n\":" + position + "}").getBytes(StandardCharsets.UTF_8));
    }

    static Event event(String subject, long position, byte[] data) {
        return new Event(
                "evt_" + position,
                "/upstreams/default",
                "customer.updated",
                subject,
                Instant.parse("2026-01-02T03:04:05.123456Z"),
                "application/json",
                null,
                Map.of("position", String.valueOf(position), "partitionkey", subject, "pattern", "state"),
                data);
    }
}
