package io.eventful.routetest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionRequests;
import io.eventful.subscription.Subscriptions;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The subscribers of a test: what they answer, and the attempts that have reached them. Thread-safe. */
final class Subscribers {

    private final VirtualTime time;
    private final Timeline timeline;
    private final Map<String, Yam.Mapping> given = new LinkedHashMap<>();
    private final Map<String, Integer> answered = new LinkedHashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Map<String, List<Subscription.Secret>> secrets = new ConcurrentHashMap<>();
    private final Set<String> forged = new TreeSet<>();
    private Duration patience = StubReply.ANY_TIME;

    /**
     * An attempt that a subscriber has seen.
     *
     * @param at since the test began
     */
    record Attempt(String subscriber, Duration at, StubRequest request, StubReply reply) {}

    Subscribers(TestCase test, VirtualTime time, Timeline timeline) {
        this.time = time;
        this.timeline = timeline;
        given.putAll(byName(test.given()));
    }

    /** Their names; one without has its number. */
    static Set<String> names(Yam.Mapping given) {
        return byName(given).keySet();
    }

    private static Map<String, Yam.Mapping> byName(Yam.Mapping given) {
        Map<String, Yam.Mapping> byName = new LinkedHashMap<>();
        for (Yam each : TestCase.list(given, "subscribers")) {
            if (!(each instanceof Yam.Mapping subscriber)) continue;
            String name = TestCase.text(subscriber, "name");
            byName.put(name.isEmpty() ? "subscriber-" + (byName.size() + 1) : name, subscriber);
        }
        return byName;
    }

    /** Subscribes them, as the admin API would. */
    void subscribe(SubscriptionRequests requests, Subscriptions subscriptions, String sinks) {
        given.forEach((name, subscriber) -> {
            Subscription made = subscriptions.create(requests.parse(document(name, subscriber, sinks)));
            ids.put(made.id(), name);
            secrets.put(name, made.signing());
        });
    }

    private static ObjectNode document(String name, Yam.Mapping subscriber, String sinks) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("sink", sinks + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .put("protocol", "HTTP");
        for (String member : List.of("source", "filters", "protocolsettings", "sinkcredential", "config"))
            if (subscriber.get(member) instanceof Yam value) document.set(member, value.json());
        List<Yam> types = TestCase.list(subscriber, "types");
        types.forEach(type -> document.withArray("/types").add(type.text()));
        String channel = TestCase.text(subscriber, "channel");
        if (!channel.isEmpty()) document.withObject("/config").put("channel", channel);
        return document;
    }

    /** Who has received a webhook whose signature is not that of the subscription's secret. */
    synchronized Set<String> forged() {
        return Set.copyOf(forged);
    }

    /** Names by the ids of their subscriptions. */
    Map<String, String> ids() {
        return ids;
    }

    synchronized List<Attempt> attempts() {
        return List.copyOf(attempts);
    }

    /** What a subscriber answers to a webhook, or to the question whether it agrees to get any. */
    synchronized StubReply answer(StubRequest request) {
        String name = URLDecoder.decode(request.path().substring(1), StandardCharsets.UTF_8);
        if (request.method().equals("OPTIONS")) {
            StubReply reply = next(name, "consent");
            timeline.delivery("consent to " + name + " -> " + reply.text());
            return reply;
        }
        StubReply reply = next(name, "answers");
        timeline.delivery("delivery to " + name + " " + request.header("ce-type") + " " + request.header("ce-subject")
                + " -> " + reply.text());
        if (!Signing.isGenuine(request, secrets.getOrDefault(name, List.of()))) forged.add(name);
        attempts.add(new Attempt(name, time.passed(), request, reply));
        return reply;
    }

    /** The next answer of a subscriber to what is asked; the last one stands for all that follow. */
    private StubReply next(String name, String question) {
        Yam.Mapping subscriber = given.get(name);
        List<Yam> answers = subscriber == null ? List.of() : TestCase.list(subscriber, question);
        int number = answered.merge(question + " " + name, 1, Integer::sum) - 1;
        StubReply reply = answers.isEmpty()
                ? StubReply.of(204)
                : Stubs.reply(answers.get(Math.min(number, answers.size() - 1)), 204);
        return reply.within(patience);
    }

    /** How long the gateway waits for an answer, on the test's clock. */
    synchronized void patience(Duration limit) {
        patience = limit;
    }

    /** The longest delay of an answer. */
    Duration slowest() {
        return given.values().stream()
                .flatMap(each -> Stream.of("answers", "consent").flatMap(key -> TestCase.list(each, key).stream()))
                .map(Stubs::delay)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
