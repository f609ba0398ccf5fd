package io.eventful.channel;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;

/** Makes the addresses and queues that are missing at a broker, over one connection. */
final class ArtemisQueues {

    /** Groups a queue keeps apart; keys that share a bucket share a consumer. */
    private static final int GROUP_BUCKETS = 1024;

    private final Broker broker;
    private final Set<String> known = new HashSet<>();

    /** What it asks of the broker. */
    interface Broker {
        boolean hasAddress(SimpleString address) throws ActiveMQException;

        void createAddress(SimpleString address, EnumSet<RoutingType> types) throws ActiveMQException;

        boolean hasQueue(SimpleString queue) throws ActiveMQException;

        void createQueue(QueueConfiguration queue) throws ActiveMQException;
    }

    ArtemisQueues(Broker broker) {
        this.broker = broker;
    }

    /** Makes sure that the address of a channel, or of its dead letters, exists. */
    void address(String address) throws ActiveMQException {
        if (known.contains(address)) return;
        if (address.endsWith(QueueNames.DEAD)) dead(address);
        else create(address, EnumSet.of(RoutingType.MULTICAST));
        known.add(address);
    }

    /** Makes sure that a durable queue exists at a channel's address. */
    void queue(String address, String queue) throws ActiveMQException {
        address(address);
        create(QueueConfiguration.of(queue)
                .setAddress(address)
                .setRoutingType(RoutingType.MULTICAST)
                .setDurable(true)
                .setAutoDelete(false)
                .setMaxConsumers(-1)
                .setGroupBuckets(GROUP_BUCKETS));
    }

    /** A dead-letter address has a queue that keeps what arrives while nobody looks. */
    private void dead(String address) throws ActiveMQException {
        create(address, EnumSet.of(RoutingType.ANYCAST, RoutingType.MULTICAST));
        create(QueueConfiguration.of(address)
                .setAddress(address)
                .setRoutingType(RoutingType.ANYCAST)
                .setDurable(true)
                .setAutoDelete(false));
    }

    /** What was known to exist may be gone. */
    void forget(String address) {
        known.remove(address);
    }

    /** The same of everything. */
    void forget() {
        known.clear();
    }

    private void create(String address, EnumSet<RoutingType> types) throws ActiveMQException {
        if (broker.hasAddress(SimpleString.of(address))) return;
        try {
            broker.createAddress(SimpleString.of(address), types);
        } catch (ActiveMQException e) {
            if (e.getType() != ActiveMQExceptionType.ADDRESS_EXISTS) throw e;
        }
    }

    private void create(QueueConfiguration queue) throws ActiveMQException {
        if (broker.hasQueue(queue.getName())) return;
        try {
            broker.createQueue(queue);
        } catch (ActiveMQException e) {
            if (e.getType() != ActiveMQExceptionType.QUEUE_EXISTS) throw e;
        }
    }
}
