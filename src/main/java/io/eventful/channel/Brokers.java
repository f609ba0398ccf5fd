package io.eventful.channel;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.Channels.Orphan;
import io.eventful.channel.Places.Place;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The brokers that channels are at, each of which starts when the first channel needs it, and the embedded one of an
 * earlier run, as long as a channel that has moved may have left events there.
 */
final class Brokers {

    private static final Logger log = LoggerFactory.getLogger(Brokers.class);

    private final Function<Kind, Broker> factory;
    private final @Nullable Embedded embedded;
    private final Map<Kind, Broker> started = new EnumMap<>(Kind.class);
    private @Nullable Broker former;
    private boolean closed;

    /**
     * @param factory makes a broker of a kind, not yet started
     * @param embedded null when there can be none
     */
    Brokers(Function<Kind, Broker> factory, @Nullable Embedded embedded) {
        this.factory = factory;
        this.embedded = embedded;
    }

    /** Starts the embedded broker when its folder is there, and ends it again when nobody needs it. */
    void revisit(Places places) {
        if (embedded == null || !embedded.isKept()) return;
        boolean own = embedded.is(Kind.ARTEMIS);
        Broker broker = own ? of(Kind.ARTEMIS) : started(embedded.create());
        if (own && places.use(Kind.ARTEMIS) || keepsAnything(broker)) {
            synchronized (this) {
                former = broker;
            }
            return;
        }
        synchronized (this) {
            started.remove(Kind.ARTEMIS, broker);
        }
        broker.close();
        log.info("broker.empty broker=artemis embedded=true remedy=\"no channel uses it: its folder may be removed\"");
    }

    private static Broker started(Broker broker) {
        broker.start();
        return broker;
    }

    private static boolean keepsAnything(Broker broker) {
        return broker.orphans().stream().anyMatch(queue -> queue.messages() > 0);
    }

    synchronized Broker of(Kind kind) {
        Broker broker = started.get(kind);
        if (broker != null) return broker;
        if (closed) throw new ChannelUnavailableException("The channels are closed");
        broker = started(factory.apply(kind));
        started.put(kind, broker);
        return broker;
    }

    /** A channel is at a broker from now on. */
    void note(String channel, Place place) {
        if (embedded != null && embedded.is(place.broker()))
            embedded.addresses().note(channel, place.destination());
    }

    /** Where a channel was before, oldest first, as far as that is at the embedded broker and no other channel is there. */
    List<Target> former(String channel, Places places) {
        Broker broker;
        synchronized (this) {
            broker = former;
        }
        if (broker == null || embedded == null) return List.of();
        boolean own = embedded.is(Kind.ARTEMIS);
        return embedded.addresses().of(channel).stream()
                .filter(address -> !own || !places.isUsed(new Place(Kind.ARTEMIS, address), channel))
                .map(address -> new Target(broker, address))
                .toList();
    }

    List<Orphan> orphans() {
        return all().stream().flatMap(broker -> broker.orphans().stream()).toList();
    }

    void expire() {
        all().forEach(Broker::expire);
    }

    /** How each one is now, by its kind; one of an earlier run that no channel is at is {@code embedded}. */
    synchronized Map<String, Broker.Condition> conditions() {
        Map<String, Broker.Condition> conditions = new TreeMap<>();
        started.forEach((kind, broker) -> conditions.put(kind.name().toLowerCase(Locale.ROOT), broker.condition()));
        if (former != null && !started.containsValue(former)) conditions.put("embedded", former.condition());
        return conditions;
    }

    private synchronized List<Broker> all() {
        List<Broker> all = new ArrayList<>(started.values());
        if (former != null && !all.contains(former)) all.add(former);
        return all;
    }

    /** Starts no more. Those that run, to be closed by the caller. */
    synchronized List<Broker> refuse() {
        closed = true;
        return all();
    }
}
