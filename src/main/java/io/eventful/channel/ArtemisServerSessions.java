package io.eventful.channel;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.core.io.IOCallback;
import org.apache.activemq.artemis.core.message.impl.CoreMessage;
import org.apache.activemq.artemis.core.persistence.StorageManager;
import org.apache.activemq.artemis.core.postoffice.RoutingStatus;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.spi.core.protocol.SessionCallback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sessions of the gateway at the broker in its own process. What a session does is told to its context, which runs what
 * waits for the disk; so the context is that of the thread for as long, and of no thread afterwards.
 */
final class ArtemisServerSessions {

    private static final Logger log = LoggerFactory.getLogger(ArtemisServerSessions.class);
    private static final long CLOSE_MILLIS = 5_000;
    private static final boolean NOT_DIRECT = false;
    private static final boolean NO_NEW_QUEUES = true;
    private static final @Nullable String NO_PRODUCER = null;

    private final EmbeddedArtemis embedded;
    private final ActiveMQServer server;
    private final StorageManager storage;
    private final Set<ServerSession> open = ConcurrentHashMap.newKeySet();

    ArtemisServerSessions(EmbeddedArtemis embedded, ActiveMQServer server) throws ActiveMQException {
        StorageManager manager = server.getStorageManager();
        if (manager == null || !embedded.isRunning(server))
            throw new ActiveMQException(ActiveMQExceptionType.NOT_CONNECTED, "The embedded broker does not run");
        this.embedded = embedded;
        this.server = server;
        this.storage = manager;
    }

    /** What may fail at the broker. */
    interface Work {
        void run() throws Exception;
    }

    /** A question to the broker. */
    interface Question<T> {
        T ask(ActiveMQServer server) throws Exception;
    }

    /** In it completions run in order, on the broker's threads. */
    Executor pool() {
        return server.getExecutorFactory().getExecutor();
    }

    /** @param completions runs what is done when something is on disk, in order */
    ServerSession open(SessionCallback callback, Executor completions) throws ActiveMQException {
        try {
            ServerSession session = server.createInternalSession(
                    UUID.randomUUID().toString(),
                    Integer.MAX_VALUE,
                    new ArtemisServerConnection(),
                    false,
                    true,
                    false,
                    false,
                    null,
                    callback,
                    false,
                    storage.newContext(completions),
                    Map.of(),
                    null,
                    false);
            open.add(session);
            return session;
        } catch (Exception e) {
            throw failure(e);
        }
    }

    /** Does what the session's context is told about when it is on disk. */
    void run(ServerSession session, Work work) throws ActiveMQException {
        storage.setContext(session.getSessionContext());
        try {
            work.run();
        } catch (Exception e) {
            throw failure(e);
        } finally {
            storage.clearContext();
        }
    }

    /** Sends a message that names its address, and tells when it is on disk. */
    void send(ServerSession session, CoreMessage message, ArtemisAnswer answer) throws ActiveMQException {
        run(session, () -> {
            store(session, message);
            storage.afterCompleteOperations(new IOCallback() {
                @Override
                public void done() {
                    answer.acknowledged();
                }

                @Override
                public void onError(int code, String reason) {
                    embedded.fail(server, new IOException(reason));
                }
            });
        });
    }

    /**
     * By itself the broker remembers the id of a message before it has written it, and for good when that fails: a repeat
     * would be dropped, and never be stored. In a transaction it does so when both are on disk.
     */
    private static void store(ServerSession session, CoreMessage message) throws Exception {
        Transaction transaction = session.newTransaction();
        try {
            RoutingStatus status = session.send(transaction, message, NOT_DIRECT, NO_PRODUCER, NO_NEW_QUEUES);
            if (status == RoutingStatus.DUPLICATED_ID) transaction.rollback();
            else transaction.commit();
        } catch (Exception e) {
            var unused = transaction.tryRollback();
            throw e;
        }
    }

    /** Asks something that no session is needed for. */
    <T> T ask(Question<T> question) throws ActiveMQException {
        try {
            return question.ask(server);
        } catch (Exception e) {
            throw failure(e);
        } finally {
            storage.clearContext();
        }
    }

    boolean isRunning() {
        return embedded.isRunning(server);
    }

    /** Ends a session when what it did is on disk, for which this waits; not one whose completions run on this thread. */
    void close(ServerSession session) throws ActiveMQException {
        try {
            if (isRunning()) {
                var unused = session.getSessionContext().waitCompletion(CLOSE_MILLIS);
            }
        } catch (Exception e) {
            throw failure(e);
        } finally {
            end(session);
        }
    }

    /** Ends all sessions, each one at once or when what it did is on disk. */
    void end() {
        open.forEach(this::end);
    }

    private void end(ServerSession session) {
        open.remove(session);
        try {
            session.close(false);
        } catch (Exception e) {
            log.debug("broker.session-not-closed reason=\"{}\"", Failures.reason(e));
        }
    }

    private static ActiveMQException failure(Exception e) {
        return e instanceof ActiveMQException known
                ? known
                : new ActiveMQException(e.toString(), e, ActiveMQExceptionType.INTERNAL_ERROR);
    }
}
