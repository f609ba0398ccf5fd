package io.eventful.channel;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;

/** The consumer groups that have been asked for; each gets a place to begin. */
final class KafkaDeclarations {

    private final KafkaTopics topics;
    private final Undeclared undeclared = new Undeclared();
    /** Nobody has begun with them. Filled by who asks, not by the thread: sends asked for later must see them. */
    private final Queue<Declaration> asked = new ConcurrentLinkedQueue<>();
    /** By group. Used on the broker's thread only. */
    private final SequencedMap<String, Declaration> pending = new LinkedHashMap<>();

    private record Declaration(String topic, String group, CompletableFuture<Void> done) {}

    KafkaDeclarations(KafkaTopics topics) {
        this.topics = topics;
    }

    /** Asks for a group; {@link #settle} declares it. Any thread. */
    CompletableFuture<Void> ask(String topic, String consumer) {
        Declaration declaration = new Declaration(topic, QueueNames.of(topic, consumer), new CompletableFuture<>());
        asked.add(declaration);
        return declaration.done();
    }

    /** Whether all that was asked for has been begun with. Any thread. */
    boolean isSettled() {
        return asked.isEmpty();
    }

    /** The cluster refuses the group of a consumer: nothing is sent that it would miss. Any thread. */
    void refused(String topic, String group, Throwable reason) {
        undeclared.refused(topic, group, reason);
    }

    /** The group is declared, or its consumer has ended. Any thread. */
    void settled(String topic, String group) {
        undeclared.settled(topic, group);
    }

    /** Why nothing may be sent to a topic; empty if all its consumers have a place to begin. Any thread. */
    Optional<ChannelUnavailableException> refusal(String topic) {
        return undeclared.refusal(topic);
    }

    /**
     * Declares all that was asked for. On the broker's thread.
     *
     * @throws ChannelUnavailableException when the cluster does not answer; what is left is declared the next time
     */
    void settle() {
        for (Declaration next = asked.poll(); next != null; next = asked.poll()) {
            CompletableFuture<Void> done = next.done();
            Declaration earlier = pending.putIfAbsent(next.group(), next);
            if (earlier != null) earlier.done().whenComplete((ok, failure) -> Failures.settle(done, failure));
        }
        while (!pending.isEmpty()) {
            Declaration declaration = pending.firstEntry().getValue();
            try {
                topics.group(declaration.topic(), declaration.group());
                pending.remove(declaration.group());
                declaration.done().complete(null);
            } catch (ChannelUnavailableException e) {
                throw e;
            } catch (KafkaException e) {
                if (e instanceof RetriableException || !(e instanceof ApiException))
                    throw new ChannelUnavailableException("Kafka does not respond", e);
                pending.remove(declaration.group());
                declaration.done().completeExceptionally(e);
            } catch (RuntimeException e) {
                pending.remove(declaration.group());
                declaration.done().completeExceptionally(e);
            }
        }
    }
}
