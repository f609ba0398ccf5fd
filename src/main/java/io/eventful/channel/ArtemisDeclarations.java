package io.eventful.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The queues that consumers have asked for; each is created whenever a connection begins. */
final class ArtemisDeclarations {

    private static final Logger log = LoggerFactory.getLogger(ArtemisDeclarations.class);

    private final ArtemisLink link;
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    /**
     * Filled on the caller's thread: a send that is asked for after a declaration must see that the declaration is
     * still to be made.
     */
    private final Queue<Declaration> asked = new ConcurrentLinkedQueue<>();
    /** Used on the broker's thread only. */
    private final Map<String, Declaration> known = new LinkedHashMap<>();

    private final Undeclared undeclared = new Undeclared();

    private record Declaration(String destination, String consumer, CompletableFuture<Void> done) {
        String queue() {
            return QueueNames.of(destination, consumer);
        }
    }

    ArtemisDeclarations(ArtemisLink link) {
        this.link = link;
    }

    /** Asks for a queue; {@link #settle} creates it. Any thread. */
    CompletableFuture<Void> ask(String destination, String consumer) {
        Declaration declaration = new Declaration(destination, consumer, new CompletableFuture<>());
        claimed.add(declaration.queue());
        asked.add(declaration);
        return declaration.done();
    }

    /** Whether this process has ever asked for a queue. Any thread. */
    boolean isClaimed(String destination, String consumer) {
        return claimed.contains(QueueNames.of(destination, consumer));
    }

    /** Whether all that was asked for has been begun with. Any thread. */
    boolean isSettled() {
        return asked.isEmpty();
    }

    /** A consumer has ended, so nobody waits for its queue. Any thread. */
    void ended(String destination, String consumer) {
        undeclared.settled(destination, consumer);
    }

    /** Why nothing may be sent to a destination; empty if all its consumers have their queues. Any thread. */
    Optional<ChannelUnavailableException> refusal(String destination) {
        return undeclared.refusal(destination);
    }

    /** Begins with what was asked for: creates it now, or when there is a connection. On the broker's thread. */
    void settle() {
        for (Declaration next = asked.poll(); next != null; next = asked.poll()) {
            CompletableFuture<Void> done = next.done();
            Declaration earlier = known.put(next.queue(), next);
            if (link.isOpen()) create(next);
            if (earlier != null) done.whenComplete((ok, e) -> Failures.settle(earlier.done(), e));
        }
    }

    /** There is a new connection. On the broker's thread. */
    void connected() {
        known.values().forEach(this::create);
    }

    private void create(Declaration declaration) {
        String queue = declaration.queue();
        try {
            if (declaration.consumer().equals(QueueNames.NOBODY)) link.queues().address(declaration.destination());
            else link.queues().queue(declaration.destination(), queue);
            undeclared.settled(declaration.destination(), declaration.consumer());
            declaration.done().complete(null);
        } catch (ActiveMQException e) {
            log.error("channel.not-declared queue={} reason=\"{}\"", queue, Failures.reason(e));
            // Whether the broker refuses it or is going away: what was sent now could miss the queue.
            undeclared.refused(declaration.destination(), declaration.consumer(), e);
            String remedy = ": create it, or allow this user to create durable queues";
            declaration.done().completeExceptionally(new ChannelUnavailableException("No queue " + queue + remedy, e));
        }
    }
}
