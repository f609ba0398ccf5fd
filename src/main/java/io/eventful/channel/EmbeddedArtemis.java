package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Artemis;
import io.eventful.channel.Channels.Orphan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.ActivateCallback;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Artemis broker inside this process: a journal on disk, no port unless asked for, no management beans.
 * Messages it acknowledges are synced; what does not fit its memory is paged; it never drops one.
 */
final class EmbeddedArtemis {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedArtemis.class);
    private static final int JOURNAL_FILE = 10 << 20;
    /**
     * How long the journal gathers records before it syncs them. An event waits about so long at most, and those that come
     * meanwhile share its sync; with less, the journal's timer alone takes a tenth of a processor at 1,000 events a second.
     */
    private static final int JOURNAL_BUFFER_NANOS = 1_000_000;

    /** Used files that are kept: under load, removing and making one costs as much as writing into it. */
    private static final int JOURNAL_POOL = 10;

    private static final int PAGE = 4 << 20;

    private final Artemis settings;
    private final Path folder;
    private final DroppedRepeats repeats;
    private volatile Runnable whenEnded = () -> {};
    private volatile ActiveMQServer server;
    private volatile @Nullable ActiveMQServer failed;

    EmbeddedArtemis(Artemis settings, Path data) {
        this(settings, data, new DroppedRepeats());
    }

    EmbeddedArtemis(Artemis settings, Path data, DroppedRepeats repeats) {
        this.settings = settings;
        this.repeats = repeats;
        this.folder = data.resolve(settings.journal()).toAbsolutePath().normalize();
        this.server = create();
    }

    private ActiveMQServer create() {
        ActiveMQServer created = new ActiveMQServerImpl(
                configuration(settings, folder), new ArtemisUser(settings.user(), settings.password()));
        created.registerBrokerPlugin(repeats);
        created.registerActivateCallback(new ActivateCallback() {
            @Override
            public void preDeActivate() {
                whenEnded.run();
            }
        });
        return created;
    }

    /** True when such a broker has run in a folder before. */
    static boolean isKept(Path folder) {
        return Files.isDirectory(folder.resolve("bindings"));
    }

    private Configuration configuration(Artemis settings, Path folder) {
        Configuration configuration = new ConfigurationImpl()
                .setName("eventful")
                .setPersistenceEnabled(true)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setSuppressSessionNotifications(true)
                .setWildcardRoutingEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(JOURNAL_POOL)
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOS)
                .setJournalSyncNonTransactional(true)
                .setJournalSyncTransactional(true)
                .setPageSyncTimeout(JOURNAL_BUFFER_NANOS)
                .setPersistIDCache(true)
                .setIDCacheSize(settings.duplicateIds())
                .setGlobalMaxSize(settings.memory().toBytes())
                .setMaxDiskUsage(settings.maxDiskUsage())
                .setScheduledThreadPoolMaxSize(2)
                .setThreadPoolMaxSize(8)
                .setGracefulShutdownEnabled(false);
        if (settings.acceptor() != null) listen(configuration, "network", core(settings.acceptor()));
        settings.protocols()
                .places()
                .forEach((protocol, place) ->
                        listen(configuration, protocol, "tcp://" + place + "?protocols=" + protocol));
        configuration.addAddressSetting(
                "#",
                new AddressSettings()
                        .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                        .setMaxSizeBytes(settings.memory().toBytes() / 2)
                        .setPageSizeBytes(PAGE)
                        .setMaxDeliveryAttempts(-1)
                        .setRedeliveryDelay(0)
                        // The gateway acknowledges every message, so the broker itself ends none. Messages that other
                        // clients give an expiry are kept, too.
                        .setDeadLetterAddress(SimpleString.of("eventful.undelivered"))
                        .setAutoCreateDeadLetterResources(true)
                        .setExpiryAddress(SimpleString.of("eventful.expired"))
                        .setAutoCreateExpiryResources(true)
                        .setIDCacheSize(settings.duplicateIds())
                        .setAutoCreateAddresses(false)
                        .setAutoCreateQueues(false)
                        .setAutoDeleteAddresses(false)
                        .setAutoDeleteQueues(false));
        MqttAddresses.allow(configuration);
        return configuration;
    }

    /** An acceptor speaks what it is asked to, and by itself no other protocol than Artemis' own. */
    private static String core(String acceptor) {
        if (acceptor.contains("protocols=")) return acceptor;
        return acceptor + (acceptor.contains("?") ? "&" : "?") + "protocols=CORE";
    }

    private static void listen(Configuration configuration, String name, String acceptor) {
        try {
            configuration.addAcceptorConfiguration(name, acceptor).setSecurityEnabled(true);
        } catch (Exception e) {
            throw new IllegalArgumentException(
                    "eventful.broker.artemis.acceptor is not an acceptor URL: use a format such as"
                            + " tcp://127.0.0.1:61616",
                    e);
        }
        // Who has the password may do everything with the channels; there is nothing else at this broker.
        configuration.putSecurityRoles(
                "#", Set.of(new Role(ArtemisUser.ROLE, true, true, true, true, true, true, false, true, true, true)));
    }

    void start() {
        long begin = System.nanoTime();
        // What fails behind the start, as an acceptor on a port that is taken does, is only logged by the server.
        List<Exception> failures = new CopyOnWriteArrayList<>();
        server.registerActivationFailureListener(failures::add);
        try {
            server.start();
            if (!failures.isEmpty()) throw failures.getFirst();
        } catch (Exception e) {
            stop();
            throw new IllegalStateException(
                    "eventful.broker.artemis: the embedded broker could not be started (" + Failures.reason(e)
                            + "); its folder "
                            + server.getConfiguration().getJournalDirectory()
                            + " must be writable, and the addresses of acceptor and protocols must be of this machine"
                            + " and free",
                    e);
        }
        log.info("broker.started broker=artemis embedded=true millis={}", (System.nanoTime() - begin) / 1_000_000);
    }

    /**
     * Starts it again when it has ended by itself, as it does when its disk fails. Where its folder is gone it stays down:
     * it would begin with nothing.
     */
    void revive() {
        if (server.getState() != ActiveMQServer.SERVER_STATE.STOPPED || !isKept(folder)) return;
        log.warn("broker.ended broker=artemis embedded=true then=\"it is started again\"");
        server = create();
        start();
    }

    /** Ways in, as long as it runs; {@code ended} is told when it ends by itself, and replaces the one before. */
    ArtemisServerSessions sessions(Runnable ended) throws ActiveMQException {
        whenEnded = ended;
        return new ArtemisServerSessions(this, server);
    }

    /** The present server; another one follows when it has ended by itself. */
    ActiveMQServer server() {
        return server;
    }

    /** Whether a server may be used: not one whose disk has failed, even before it has ended. */
    boolean isRunning(ActiveMQServer which) {
        return which.isStarted() && which != failed;
    }

    /**
     * A server could not write: it ends, as it does by itself where it notices. What it holds in memory is not what is on its
     * disk: a repeat of an id whose event it could not write would look like one of an event that it has.
     */
    void fail(ActiveMQServer which, Exception reason) {
        if (failed == which) return;
        failed = which;
        StorageManager storage = which.getStorageManager();
        if (storage != null) storage.criticalError(reason);
    }

    /** True while the disk holds more than the limit, so that nothing more may be published. */
    boolean diskFull() {
        return server.getDiskStoreUsage() * 100 > settings.maxDiskUsage();
    }

    /** Queues of the gateway's consumers with what they keep; empty while it is down, and it is not known. */
    Optional<List<Orphan>> queues() {
        return EmbeddedQueues.of(server);
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            log.warn("broker.not-stopped broker=artemis embedded=true reason=\"{}\"", Failures.reason(e));
        }
    }
}
