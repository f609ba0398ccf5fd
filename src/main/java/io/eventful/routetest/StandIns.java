package io.eventful.routetest;

import io.eventful.config.LoadedConfiguration;
import io.eventful.delivery.DeliverySettings;
import io.eventful.edge.UpstreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The systems behind the gateway and around it, and what they were asked. Thread-safe. */
final class StandIns implements AutoCloseable {

    /** The time that the gateway waits for real when a stand-in does not answer. */
    private static final String PATIENCE = "500ms";

    /** Schemes that are replaced in any case. */
    static final Set<String> BROKERS = Set.of("kafka", "jms", "activemq", "activemq6", "amqp");

    private final VirtualTime time;
    private final Timeline timeline;
    private final Workbench bench;
    private final Map<String, StubServer> servers = new LinkedHashMap<>();
    private final Map<String, Stubs> stubs = new LinkedHashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    /** How long the gateway waits for a reply, on the test's clock. */
    private final Map<String, Duration> patience = new ConcurrentHashMap<>();
    /** Whether somebody does not answer at all. */
    private final boolean silent;

    private final List<Asked> asked = new ArrayList<>();
    private final Subscribers subscribers;
    private final StubServer sinks;
    private final Set<String> outside = new LinkedHashSet<>(BROKERS);
    private volatile boolean over;

    /**
     * A request to a stand-in.
     *
     * @param who {@code upstream NAME} or {@code system KEY}
     * @param at since the test began
     * @param reply null when no stub fitted it
     */
    record Asked(
            String who,
            Duration at,
            StubRequest request,
            @Nullable StubReply reply) {}

    StandIns(TestCase test, VirtualTime time, Timeline timeline, Workbench bench) {
        this.bench = bench;
        this.time = time;
        this.timeline = timeline;
        Map<String, List<Yam>> upstreams = new LinkedHashMap<>();
        upstreams.put("default", new ArrayList<>());
        for (Yam each : TestCase.list(test.given(), "upstream"))
            upstreams
                    .computeIfAbsent(
                            or(TestCase.text((Yam.Mapping) each, "upstream"), "default"), n -> new ArrayList<>())
                    .add(each);
        upstreams.forEach(
                (name, stubs) -> settings.put("eventful.upstreams." + name + ".url", serve("upstream " + name, stubs)));
        if (test.given().get("systems") instanceof Yam.Mapping systems)
            systems.members()
                    .forEach((key, member) -> settings.put(
                            key, serve("system " + key, member.value().many())));
        subscribers = new Subscribers(test, time, timeline);
        sinks = bench.server("subscribers");
        sinks.begin(time, subscribers::answer);
        for (Yam each : TestCase.list(test.given(), "endpoints")) outside.add(each.text());
        silent = test.document().json().toString().contains("\"failure\":\"timeout\"");
    }

    /**
     * Limits how long replies take on the test's clock to the time that the gateway would wait for them.
     *
     * @return settings with which it gives up soon for real, where one takes longer or never comes
     */
    Map<String, String> patience(LoadedConfiguration configuration) {
        Map<String, String> shorter = new LinkedHashMap<>();
        configuration.get(UpstreamSettings.class).upstreams().forEach((name, upstream) -> {
            Stubs given = stubs.get("upstream " + name);
            if (given == null) return;
            patience.put("upstream " + name, upstream.timeout());
            if (silent || given.slowest().compareTo(upstream.timeout()) >= 0)
                shorter.put("eventful.upstreams." + name + ".timeout", PATIENCE);
        });
        Duration delivery = configuration.get(DeliverySettings.class).timeout();
        subscribers.patience(delivery);
        if (silent || subscribers.slowest().compareTo(delivery) >= 0)
            shorter.put("eventful.delivery.timeout", PATIENCE);
        return shorter;
    }

    private String serve(String who, List<Yam> replies) {
        Stubs given = new Stubs(replies);
        stubs.put(who, given);
        StubServer server = bench.server(who);
        server.begin(time, request -> {
            // Views ask who may see an item: whoever looks at them now may.
            if (over) return StubReply.of(200);
            StubReply written = given.reply(request);
            StubReply reply = written == null ? null : written.within(patience.getOrDefault(who, StubReply.ANY_TIME));
            String answered = reply == null ? "404, no stub matches" : reply.text();
            timeline.add(who + " received " + request.method() + " " + request.target() + " -> " + answered);
            synchronized (asked) {
                asked.add(new Asked(who, time.passed(), request, reply));
            }
            return reply == null ? StubReply.of(404) : reply;
        });
        servers.put(who, server);
        return server.address();
    }

    private static String or(String text, String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }

    /** What makes the gateway find the stand-ins. */
    Map<String, String> settings() {
        return settings;
    }

    /** Schemes of Camel components that would leave this process. */
    Set<String> outside() {
        return outside;
    }

    Subscribers subscribers() {
        return subscribers;
    }

    String sinks() {
        return sinks.address();
    }

    List<Asked> asked() {
        synchronized (asked) {
            return List.copyOf(asked);
        }
    }

    /** The test has ended: what is asked from now on is asked by who looks at its outcome. */
    void over() {
        over = true;
    }

    /** Replies that wait for the clock to be turned. */
    int delayed() {
        return servers.values().stream().mapToInt(StubServer::delayed).sum() + sinks.delayed();
    }

    @Override
    public void close() {
        servers.values().forEach(StubServer::end);
        sinks.end();
    }
}
