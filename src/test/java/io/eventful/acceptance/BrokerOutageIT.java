package io.eventful.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cloudevents.CloudEvent;
import io.eventful.channel.ArtemisProcess;
import io.eventful.channel.KafkaServer;
import io.eventful.harness.AdminClient;
import io.eventful.harness.GatewayProcess;
import io.eventful.harness.RecordingSystem;
import io.eventful.harness.WebhookReceiver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls go on at a fixed rate while the broker is away, and while the channels move to another one. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class BrokerOutageIT {

    private static final int SECONDS = Integer.getInteger("eventful.outage.seconds", 4);
    private static final int RATE = Integer.getInteger("eventful.outage.rate", 50);
    /** From here on a 99th percentile rests on more than some dozen calls. */
    private static final int CALLS_TO_COMPARE = 5_000;
    /** What two percentiles of the same load differ by on a machine that does nothing else. */
    private static final Duration NOISE = Duration.ofMillis(2);

    private static final Pattern WAITING =
            Pattern.compile("eventful_capture_waiting\\{[^}]*\"everything\"[^}]*} (\\S+)");

    @TempDir
    Path folder;

    private final AtomicReference<GatewayProcess> gateway = new AtomicReference<>();
    private final RecordingSystem system = new RecordingSystem(Duration.ZERO);
    private final WebhookReceiver receiver = new WebhookReceiver();
    private KafkaServer kafka;

    private void startKafka() throws IOException {
        assumeTrue(KafkaServer.available(), "no Kafka artefacts: run through Maven");
        kafka = KafkaServer.start(Files.createDirectory(folder.resolve("kafka")));
        configure("kafka: {bootstrap-servers: \"" + kafka.bootstrapServers() + "\"}");
    }

    private void configure(String broker) throws IOException {
        // The broker counts as away when it has not acknowledged for so long: sooner than the outage ends.
        Files.writeString(
                folder.resolve("gateway.yaml"), "eventful: {broker: {publish: {timeout: 3s}, " + broker + "}}\n");
    }

    @AfterEach
    void stop() {
        if (gateway.get() != null) gateway.get().close();
        if (kafka != null) kafka.close();
        receiver.close();
        system.close();
    }

    private void run(String broker) {
        String file = folder.resolve("gateway.yaml").toString();
        gateway.set(GatewayProcess.run(folder, system.address(), "--broker", broker, "--config", file));
    }

    private void subscribe() {
        receiver.secret(gateway.get()
                .adminClient()
                .subscribe(receiver.address(), "")
                .at("/config/secret")
                .asText());
    }

    @Test
    void callsGoOnWhileKafkaIsAwayAndTheirEventsFollowInOrder() throws Exception {
        startKafka();
        run("kafka");
        outage(kafka::kill, kafka::restart);
    }

    @Test
    @Tag("long")
    void callsGoOnWhileAnArtemisElsewhereIsAwayAndTheirEventsFollowInOrder() throws Exception {
        try (ArtemisProcess artemis = ArtemisProcess.start(Files.createDirectory(folder.resolve("artemis")))) {
            configure("artemis: {url: \"" + artemis.url() + "\"}");
            run("artemis");
            outage(artemis::kill, artemis::restart);
        }
    }

    private void outage(Runnable kill, Runnable restart) throws Exception {
        subscribe();
        try (SteadyWrites writes = new SteadyWrites(() -> gateway.get().data(), RATE)) {
            passes(writes, SECONDS);
            writes.p99();
            passes(writes, SECONDS);
            Duration before = writes.p99();
            kill.run();
            passes(writes, SECONDS);
            Duration during = writes.p99();
            assertThat(waiting()).isGreaterThan(RATE * SECONDS / 2.0);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateway.get().log().contains("capture.route-waits"));
            restart.run();
            passes(writes, 2);
            System.out.printf(
                    "outage: %d s at %d writes/s, p99 before %d us, during %d us%n",
                    SECONDS, RATE, before.toNanos() / 1000, during.toNanos() / 1000);
            writes.close();
            assertThat(writes.failed()).isEmpty();
            if (SECONDS * RATE >= CALLS_TO_COMPARE) assertThat(during).isLessThanOrEqualTo(bearable(before));
            arrived(writes);
        }
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(waiting()).isZero());
    }

    @Test
    @Tag("long")
    void aMoveFromTheEmbeddedBrokerToKafkaUnderLoadLosesNothing() throws Exception {
        move(() -> assertThat(gateway.get().terminate()).isZero());
    }

    /** Calls that the kill leaves without a reply are repeated by their callers, and find their work done. */
    @Test
    @Tag("long")
    void aMoveBehindAKillLosesNothing() throws Exception {
        move(() -> gateway.get().kill());
    }

    private void move(Runnable end) throws Exception {
        startKafka();
        run("artemis");
        subscribe();
        try (SteadyWrites writes = new SteadyWrites(() -> gateway.get().data(), RATE)) {
            passes(writes, 2);
            end.run();
            run("kafka");
            passes(writes, 2);
            writes.close();
            arrived(writes);
        }
    }

    /** Half as much again, or what is noise. */
    private static Duration bearable(Duration before) {
        Duration half = before.dividedBy(2);
        return before.plus(half.compareTo(NOISE) > 0 ? half : NOISE);
    }

    /** So long, and so many writes: on a busy machine the one takes longer than the other. */
    private static void passes(SteadyWrites writes, int seconds) {
        int before = writes.done().size();
        await().pollDelay(Duration.ofSeconds(seconds))
                .atMost(Duration.ofSeconds(60L + 4 * seconds))
                .until(() -> writes.done().size() - before >= RATE * seconds * 3 / 4);
    }

    private double waiting() {
        Matcher gauge = WAITING.matcher(gateway.get()
                .adminClient()
                .call("GET", "/actuator/prometheus", "")
                .body());
        return gauge.find() ? Double.parseDouble(gauge.group(1)) : -1;
    }

    private void arrived(SteadyWrites writes) {
        // On a machine that has other work a long outage's changes follow slowly; lost is what never comes.
        await().atMost(Duration.ofSeconds(120 + 5L * SECONDS))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    Set<String> lost = new HashSet<>(writes.done());
                    receiver.events().forEach(event -> lost.remove(marker(event)));
                    assertThat(lost).as("writes without an event").isEmpty();
                });
        Map<String, Set<Integer>> revisions = new TreeMap<>();
        for (CloudEvent event : receiver.events())
            revisions
                    .computeIfAbsent(event.getSubject(), subject -> new LinkedHashSet<>())
                    .add(Integer.parseInt(event.getExtension("revision").toString()));
        // Repeats may come, but what is new always comes in order.
        revisions.forEach((subject, order) -> {
            List<Integer> firsts = new ArrayList<>(order);
            assertThat(firsts).as(subject).isSorted().hasSize(firsts.getLast());
        });
    }

    private static String marker(CloudEvent event) {
        return AdminClient.parse(new String(event.getData().toBytes(), StandardCharsets.UTF_8))
                .at("/state/marker")
                .asText();
    }
}
