package io.eventful.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Kafka clients from the settings. What the operator passes through wins over our preferences, but not over what the
 * guarantees rest on.
 */
final class KafkaClients {

    /** What a record's headers may add to its data. */
    private static final int HEADERS = 64 << 10;

    /** In what Kafka's clients say of a setting. */
    private static final Pattern SETTING = Pattern.compile("configuration \"?([a-z0-9.]+)");

    private static final int CALL_MILLIS = 5_000;
    private static final int SESSION_MILLIS = 15_000;

    private final BrokerSettings settings;
    private final String servers;

    KafkaClients(BrokerSettings settings) {
        this.settings = settings;
        String given = settings.kafka().bootstrapServers();
        if (given == null)
            throw new IllegalArgumentException(
                    "eventful.broker.kafka.bootstrap-servers is missing, but a channel uses Kafka: set it to"
                            + " host:port");
        this.servers = given;
    }

    /** Where the cluster is looked for, as host:port pairs. */
    String servers() {
        return servers;
    }

    /** Largest record of the gateway. */
    int recordSize() {
        return Math.toIntExact(settings.publish().eventSize().toBytes()) + HEADERS;
    }

    KafkaProducer<byte[], byte[]> producer() {
        int timeout = Math.toIntExact(settings.publish().timeout().toMillis());
        Map<String, Object> config = common();
        config.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 2);
        config.putIfAbsent(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        config.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, recordSize());
        config.putIfAbsent(
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                settings.publish().pendingSize().toBytes() + recordSize());
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, Math.min(CALL_MILLIS, timeout));
        config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1, timeout / 2));
        config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, timeout);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return opened(() -> new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    KafkaConsumer<byte[], byte[]> consumer(String group, KafkaMembers.Member member) {
        Map<String, Object> config = common();
        member.name().ifPresent(name -> config.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
        // Members that do not come back under their name hold their partitions so long; Kafka's own default is 45 s.
        config.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        // What a transaction takes back has never happened; Kafka's own default hands it out all the same.
        config.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.putIfAbsent(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, (int)
                Math.min(Integer.MAX_VALUE, settings.consume().windowSize().toBytes()));
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // A group's offsets are set when it is declared; what has none is a partition that was added since.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        config.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Its calls get their time one by one: see {@link #callMillis()}. */
    Admin admin() {
        Map<String, Object> config = common();
        config.remove(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG);
        return opened(() -> Admin.create(config));
    }

    /** A client whose settings are wrong, or whose servers have no address, is tried again like one that has no answer. */
    private <T> T opened(Supplier<T> client) {
        try {
            return client.get();
        } catch (KafkaException e) {
            throw new ChannelUnavailableException(
                    "Kafka cannot be reached at " + servers + " (eventful.broker.kafka.bootstrap-servers): " + why(e),
                    e);
        }
    }

    /** A refused setting by its name: its value may be a secret. */
    private static String why(KafkaException failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            String said = at instanceof ConfigException ? String.valueOf(at.getMessage()) : "";
            if (said.contains("No resolvable bootstrap")) return "none of these hosts has an address";
            Matcher setting = SETTING.matcher(said);
            if (setting.find())
                return "the client does not accept eventful.broker.kafka.properties." + setting.group(1);
        }
        return "the client cannot be opened with eventful.broker.kafka.properties";
    }

    /** How long a call of the {@link #admin()} may take where nothing says that the cluster is slow. */
    int callMillis() {
        String name = CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG;
        String given = settings.kafka().properties().get(name);
        return given == null ? CALL_MILLIS : (int) ConfigDef.parseType(name, given, ConfigDef.Type.INT);
    }

    private Map<String, Object> common() {
        Map<String, Object> config = new HashMap<>(settings.kafka().properties());
        config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, servers);
        return config;
    }
}
