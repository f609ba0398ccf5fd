package io.eventful.channel;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which broker carries the channels, and the limits of publishing and consuming.
 *
 * @param kind broker of every channel that names none
 * @param artemis embedded or external Artemis
 * @param kafka an Apache Kafka cluster
 * @param publish limits of what waits to be sent
 * @param consume limits of each consumer
 */
@ConfigurationProperties("eventful.broker")
public record BrokerSettings(
        @DefaultValue("artemis") Kind kind,
        @DefaultValue Artemis artemis,
        @DefaultValue Kafka kafka,
        @DefaultValue Publish publish,
        @DefaultValue Consume consume) {

    /** The kinds of brokers. */
    public enum Kind {
        ARTEMIS,
        KAFKA
    }

    /**
     * Artemis.
     *
     * @param url core connector URL, {@code tcp://host:61616} or a fail-over list {@code (tcp://a:61616,tcp://b:61616)};
     *     absent: a broker is embedded
     * @param acceptor where the embedded broker also listens, {@code tcp://127.0.0.1:61616}; absent: nowhere
     * @param protocols where the embedded broker also speaks other protocols
     * @param user user name at an external broker, or that clients from outside must give
     * @param password its password; never printed
     * @param journal folder of the embedded broker, under the data folder
     * @param memory what the embedded broker holds in memory; the rest is paged to disk
     * @param maxDiskUsage percentage of the file system from which the embedded broker takes no more messages
     * @param duplicateIds event ids the embedded broker remembers per channel
     * @param callTimeout limit of one call to a broker elsewhere
     */
    public record Artemis(
            @Nullable String url,
            @Nullable String acceptor,
            @DefaultValue Protocols protocols,
            @Nullable String user,
            @Nullable String password,
            @DefaultValue("artemis") String journal,
            @DefaultValue("64MB") DataSize memory,
            @DefaultValue("95") int maxDiskUsage,
            @DefaultValue("20000") int duplicateIds,
            @DefaultValue("10s") Duration callTimeout) {

        public Artemis {
            if (url != null && url.isBlank()) url = null;
            if (acceptor != null && acceptor.isBlank()) acceptor = null;
            if (url != null && !BrokerAddresses.isConnector(url))
                throw problem("artemis.url", "is not a connector URL", "use a format such as tcp://host:61616");
            if (acceptor != null && !BrokerAddresses.isAcceptor(acceptor))
                throw problem(
                        "artemis.acceptor", "is not an acceptor URL", "use a format such as tcp://127.0.0.1:61616");
            if (acceptor != null && url != null)
                throw problem(
                        "artemis.acceptor",
                        "is set together with artemis.url",
                        "remove one of them: both configure a broker");
            if (acceptor != null && (user == null || password == null))
                throw problem(
                        "artemis.acceptor",
                        "is set without a user and password",
                        "set artemis.user and artemis.password");
            if (protocols.any() && url != null)
                throw problem("artemis.protocols", "is set together with artemis.url", "configure them on that broker");
            if (protocols.any() && (user == null || password == null))
                throw problem(
                        "artemis.protocols",
                        "is set without a user and password",
                        "set artemis.user and artemis.password");
            if (journal.isBlank() || journal.contains(".."))
                throw problem("artemis.journal", "is not a folder name", "use the name of a folder in the data folder");
            if (memory.toMegabytes() < 8) throw problem("artemis.memory", "is below 8MB", "use at least 8MB");
            if (maxDiskUsage < 1 || maxDiskUsage > 100)
                throw problem("artemis.max-disk-usage", "is not a percentage", "use 1 to 100");
            if (duplicateIds < 1) throw problem("artemis.duplicate-ids", "is not positive", "use at least 1");
            positive("artemis.call-timeout", callTimeout);
        }

        /** Where the broker is, without the parameters of its addresses, which may contain passwords. */
        String place() {
            return url == null ? "embedded" : url.replaceAll("\\?[^,)]*", "");
        }

        @Override
        public String toString() {
            return "Artemis[" + (url == null ? "embedded" : "external") + "]";
        }
    }

    /**
     * Protocols of the embedded broker besides its own, each at {@code host:port}; absent: it does not speak it.
     *
     * @param amqp AMQP 1.0
     * @param mqtt MQTT 3.1, 3.1.1 and 5
     * @param stomp STOMP 1.0 to 1.2
     */
    public record Protocols(
            @Nullable String amqp,
            @Nullable String mqtt,
            @Nullable String stomp) {

        public Protocols {
            amqp = place("amqp", amqp);
            mqtt = place("mqtt", mqtt);
            stomp = place("stomp", stomp);
        }

        /** Where each protocol that is spoken is, by Artemis' name for it. */
        Map<String, String> places() {
            Map<String, String> places = new TreeMap<>();
            if (amqp != null) places.put("AMQP", amqp);
            if (mqtt != null) places.put("MQTT", mqtt);
            if (stomp != null) places.put("STOMP", stomp);
            return places;
        }

        private boolean any() {
            return !places().isEmpty();
        }

        private static @Nullable String place(String name, @Nullable String place) {
            if (place == null || place.isBlank()) return null;
            if (!place.matches("[^/:?,\\s]+:[0-9]{1,5}|\\[[0-9a-fA-F:]+]:[0-9]{1,5}"))
                throw problem("artemis.protocols." + name, "is not host:port", "use a format such as 127.0.0.1:5672");
            if (!BrokerAddresses.hasPort(place))
                throw problem("artemis.protocols." + name, "has a port that does not exist", "use one up to 65535");
            return place.strip();
        }
    }

    /**
     * Kafka.
     *
     * @param bootstrapServers comma list of {@code host:port}; needed as soon as a channel uses Kafka
     * @param partitions of topics the gateway creates
     * @param replication replicas of topics the gateway creates
     * @param properties further client settings by their Kafka names, passed through
     */
    public record Kafka(
            @Nullable String bootstrapServers,
            @DefaultValue("6") int partitions,
            @DefaultValue("1") short replication,
            @DefaultValue Map<String, String> properties) {

        public Kafka {
            if (bootstrapServers != null && bootstrapServers.isBlank()) bootstrapServers = null;
            if (bootstrapServers != null && !BrokerAddresses.areBootstrapServers(bootstrapServers))
                throw problem(
                        "kafka.bootstrap-servers", "are not addresses", "write host:port, with commas between them");
            if (partitions < 1) throw problem("kafka.partitions", "is not positive", "use at least 1");
            if (replication < 1) throw problem("kafka.replication", "is not positive", "use at least 1");
            properties = Map.copyOf(properties);
        }

        @Override
        public String toString() {
            return "Kafka[bootstrapServers=" + bootstrapServers + ", properties=" + properties.keySet() + "]";
        }
    }

    /**
     * Limits of publishing.
     *
     * @param timeout after which an event that the broker has not acknowledged fails (its route tries again)
     * @param pending events that may wait for the broker's acknowledgement
     * @param pendingSize bytes that may wait for the broker's acknowledgement
     * @param eventSize largest event
     */
    public record Publish(
            @DefaultValue("10s") Duration timeout,
            @DefaultValue("10000") int pending,
            @DefaultValue("64MB") DataSize pendingSize,
            @DefaultValue("16MB") DataSize eventSize) {

        public Publish {
            positive("publish.timeout", timeout);
            if (pending < 1) throw problem("publish.pending", "is not positive", "use at least 1");
            if (eventSize.toBytes() < 1024) throw problem("publish.event-size", "is below 1KB", "give at least 1KB");
            if (pendingSize.compareTo(eventSize) < 0)
                throw problem("publish.pending-size", "is below publish.event-size", "set it to at least that size");
        }
    }

    /**
     * Limits of each consumer.
     *
     * @param window events that may be under way at once; fewer are worked on at once, down to 64, while that is as fast
     * @param windowSize bytes that may be under way at once
     * @param attempts how often an event is tried before it goes to the dead-letter destination
     * @param retryDelay wait before the first retry; doubles with each further one
     * @param retryDelayMax longest wait before a retry
     * @param drainTimeout how long a closing consumer waits for events under way
     */
    public record Consume(
            @DefaultValue("1024") int window,
            @DefaultValue("64MB") DataSize windowSize,
            @DefaultValue("12") int attempts,
            @DefaultValue("100ms") Duration retryDelay,
            @DefaultValue("30s") Duration retryDelayMax,
            @DefaultValue("10s") Duration drainTimeout) {

        public Consume {
            if (window < 1) throw problem("consume.window", "is not positive", "use at least 1");
            if (windowSize.toBytes() < 1) throw problem("consume.window-size", "is not positive", "give at least 1MB");
            if (attempts < 1) throw problem("consume.attempts", "is not positive", "use at least 1");
            positive("consume.retry-delay", retryDelay);
            if (retryDelayMax.compareTo(retryDelay) < 0)
                throw problem("consume.retry-delay-max", "is below consume.retry-delay", "set it to at least that");
            positive("consume.drain-timeout", drainTimeout);
        }

        /** The wait after that many attempts, the last of which has failed. */
        Duration retryWait(int attempts) {
            Duration wait = retryDelay.multipliedBy(1L << Math.min(attempts - 1, 20));
            return wait.compareTo(retryDelayMax) > 0 ? retryDelayMax : wait;
        }
    }

    private static void positive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) throw problem(key, "is not positive", "use a duration such as 10s");
    }

    private static IllegalArgumentException problem(String key, String what, String remedy) {
        return new IllegalArgumentException("eventful.broker." + key + " " + what + ": " + remedy);
    }
}
