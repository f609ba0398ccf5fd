package io.eventful.channel;

import io.eventful.channel.Channels.Orphan;
import io.eventful.channel.Outbox.Parcel;
import io.eventful.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An Apache Kafka cluster: one idempotent producer, one consumer group per consumer name.
 *
 * <p>One thread declares and sends. Nothing is sent while a declaration that was asked for before waits, because the
 * thread is busy or the cluster does not answer, nor to a topic at which the cluster refuses the group of a consumer: a
 * group that has no place to begin yet would begin behind it.
 */
final class KafkaBroker implements Broker {

    private static final Logger log = LoggerFactory.getLogger(KafkaBroker.class);
    private static final Duration HOUSEKEEPING = Duration.ofMillis(500);
    /** Until a consumer whose group was refused is tried again. */
    private static final Duration REFUSED = Duration.ofSeconds(30);

    private final BrokerSettings settings;
    private final KafkaClients clients;
    private final KafkaTopics topics;
    private final KafkaMembers members;
    private final KafkaPatience patience = new KafkaPatience();
    private final Outbox<ProducerRecord<byte[], byte[]>> outbox;
    private final BrokerThread thread;
    private final AtomicBoolean sending = new AtomicBoolean();
    private final Set<KafkaSubscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final KafkaDeclarations declarations;
    /** Used on the thread only. */
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    private volatile boolean reachable = true;

    /** @param members names this process as a member of groups */
    KafkaBroker(BrokerSettings settings, KafkaMembers members) {
        this.settings = settings;
        this.members = members;
        this.clients = new KafkaClients(settings);
        this.topics = new KafkaTopics(clients, settings.kafka());
        this.declarations = new KafkaDeclarations(topics);
        this.outbox = new Outbox<>(settings.publish());
        this.thread = new BrokerThread("channel-kafka");
    }

    @Override
    public void start() {
        thread.every(HOUSEKEEPING, this::work);
    }

    @Override
    public CompletionStage<Void> send(String destination, Event event) {
        return offer(KafkaMessages.encode(destination, event));
    }

    CompletionStage<Void> offer(ProducerRecord<byte[], byte[]> message) {
        int size = message.value() == null ? 0 : message.value().length;
        CompletableFuture<Void> done = outbox.add(message.topic(), message, size).done;
        wake();
        return done;
    }

    @Override
    public CompletionStage<Void> declare(String destination, String consumer) {
        CompletableFuture<Void> done = declarations.ask(destination, consumer);
        wake();
        return done;
    }

    @Override
    public Subscription subscribe(String destination, String consumer, Dispatcher dispatcher) {
        KafkaSubscription subscription = new KafkaSubscription(
                this, clients::consumer, members, destination, consumer, dispatcher, settings.consume());
        subscriptions.add(subscription);
        begin(subscription, destination, consumer);
        return subscription;
    }

    /** What the cluster refuses now, it may allow once somebody has created the topic or given this user the right. */
    private void begin(KafkaSubscription subscription, String destination, String consumer) {
        declare(destination, consumer).whenComplete((ok, failure) -> {
            if (failure == null) {
                declarations.settled(destination, subscription.group());
                subscription.start();
            } else {
                // On the thread that sends: nothing is sent before it is known.
                declarations.refused(destination, subscription.group(), failure);
                log.error(
                        "channel.not-declared destination={} consumer={} retryInMs={} reason=\"{}\"",
                        destination,
                        consumer,
                        REFUSED.toMillis(),
                        Failures.reason(failure));
                thread.after(REFUSED, () -> {
                    if (subscriptions.contains(subscription)) begin(subscription, destination, consumer);
                    else declarations.settled(destination, subscription.group());
                });
            }
        });
    }

    KafkaPatience patience() {
        return patience;
    }

    void closed(KafkaSubscription subscription) {
        subscriptions.remove(subscription);
        declarations.settled(subscription.topic(), subscription.group());
    }

    @Override
    public List<Orphan> orphans() {
        return List.of();
    }

    @Override
    public void expire() {
        outbox.expire();
    }

    @Override
    public Condition condition() {
        return reachable ? Condition.CONNECTED : Condition.DISCONNECTED;
    }

    @Override
    public void close() {
        outbox.close();
        subscriptions.forEach(KafkaSubscription::close);
        // Otherwise the thread might wait for a cluster that is away.
        topics.close();
        thread.end(() -> {
            if (producer != null) producer.close(patience.now());
        });
    }

    private void wake() {
        if (sending.compareAndSet(false, true)) thread.execute(this::work);
    }

    private void work() {
        sending.set(false);
        try {
            declarations.settle();
            for (Parcel<ProducerRecord<byte[], byte[]>> parcel = outbox.next();
                    parcel != null;
                    parcel = outbox.next()) {
                if (declarations.isSettled()) send(parcel);
                else {
                    outbox.unsent(parcel);
                    declarations.settle();
                }
            }
            if (!reachable) log.info("broker.connected broker=kafka");
            reachable = true;
        } catch (ChannelUnavailableException e) {
            // Housekeeping tries again; what waits too long fails.
            if (reachable) log.warn("broker.not-connected broker=kafka reason=\"{}\"", Failures.reason(e));
            reachable = false;
        } catch (RuntimeException e) {
            log.error("broker.failed broker=kafka reason=\"{}\"", Failures.reason(e));
        }
    }

    private void send(Parcel<ProducerRecord<byte[], byte[]>> parcel) {
        Optional<ChannelUnavailableException> refusal = declarations.refusal(parcel.destination);
        if (refusal.isPresent()) {
            outbox.refused(parcel, refusal.get());
            return;
        }
        try {
            topics.written(parcel.destination);
            producer().send(parcel.message, (metadata, failure) -> answered(parcel, failure));
        } catch (ChannelUnavailableException e) {
            outbox.unsent(parcel);
            throw e;
        } catch (RetriableException e) {
            outbox.unsent(parcel);
            throw new ChannelUnavailableException("Kafka does not respond", e);
        } catch (RecordTooLargeException e) {
            outbox.refused(parcel, KafkaMessages.tooLarge(e));
        } catch (IllegalStateException | AuthorizationException e) {
            // A topic or a right is missing, which is not the event's fault: it waits until somebody mends that.
            outbox.refused(parcel, new ChannelUnavailableException(KafkaMessages.notAllowed(parcel.destination, e), e));
        } catch (RuntimeException e) {
            outbox.refused(parcel, e);
        }
    }

    private void answered(Parcel<ProducerRecord<byte[], byte[]>> parcel, @Nullable Exception failure) {
        if (failure == null) outbox.acknowledged(parcel);
        else if (failure instanceof RecordTooLargeException) outbox.refused(parcel, KafkaMessages.tooLarge(failure));
        else {
            // Of a topic that is gone, the client may say only that the time was over. The next event finds out.
            if (failure instanceof RetriableException || failure instanceof AuthenticationException)
                topics.forget(parcel.destination);
            outbox.refused(
                    parcel,
                    new ChannelUnavailableException(KafkaMessages.notAllowed(parcel.destination, failure), failure));
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open != null) return open;
        open = clients.producer();
        producer = open;
        return open;
    }
}
