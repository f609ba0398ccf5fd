package io.eventful.bench;

import io.eventful.bench.DeliveryLoad.Sender;
import io.eventful.channel.Channels;
import io.eventful.cli.BenchGateway;
import io.eventful.delivery.DirectDelivery;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Delivery of the whole gateway in this process, endpoints included, beside a bare loop of the same HTTP client, a plain
 * Camel route, or itself without an endpoint that drips. What the compiler makes of code depends on all that the process has
 * run, so each {@link Part} is measured in a process of its own, and where rates are compared in several, one after the
 * other: what differs between processes is more than what differs between rounds of one. Arguments: a folder, the part, the
 * file in which earlier processes left their rounds, then options as {@code bench/run} takes them.
 */
public final class DeliveryBench {

    private static final int FEW = 10;
    private static final int HUNDRED = 100;
    private static final int MANY = 1_000;
    private static final double EVENTS = 200;
    /** To a hundred endpoints: as many deliveries as the above. */
    private static final double EVENTS_TO_HUNDRED = 20;

    /** What is compared in one process. */
    private enum Part {
        FAN_OUT,
        CHANNEL,
        ARRIVALS;

        static Part of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    private final int seconds;
    private final int rounds;
    private final int warmup;
    private final DeliveryLoad load;
    private final Channels channels;
    private final DirectDelivery direct;
    private final List<URI> few;
    private final KeptRounds kept;

    private DeliveryBench(
            BenchGateway gateway, Endpoints endpoints, KeptRounds kept, int seconds, int rounds, int warmup) {
        this.kept = kept;
        this.seconds = seconds;
        this.rounds = rounds;
        this.warmup = warmup;
        this.load = new DeliveryLoad(endpoints);
        this.channels = gateway.part(Channels.class);
        this.direct = new DirectDelivery(gateway);
        this.few = endpoints.first(FEW);
    }

    public static void main(String[] args) {
        Benchmark.main(() -> measure(args));
    }

    private static void measure(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Part part = Part.of(args[1]);
        List<String> options = List.of(args);
        boolean quick = options.contains("--quick");
        int seconds = quick ? 2 : option(options, "--seconds", 4);
        int rounds = quick ? 1 : option(options, "--repetitions", 3);
        int warmup = quick ? 2 : option(options, "--warmup", 30);
        Folders.delete(folder);
        Files.createDirectories(folder);
        try (Endpoints endpoints = new Endpoints(MANY);
                BenchGateway gateway = new BenchGateway(folder, List.of("few", "hundred", "dripping", "many"))) {
            Subscribers subscribers = new Subscribers(gateway);
            subscribers.add("few", endpoints.first(FEW));
            subscribers.add("hundred", endpoints.first(HUNDRED));
            subscribers.add("dripping", endpoints.first(HUNDRED - 1));
            subscribers.add("dripping", List.of(endpoints.uri(HUNDRED - 1, "/drip")));
            subscribers.add("many", endpoints.first(MANY));
            KeptRounds kept = new KeptRounds(Path.of(args[2]));
            DeliveryBench bench = new DeliveryBench(gateway, endpoints, kept, seconds, rounds, warmup);
            System.out.print(
                    switch (part) {
                        case FAN_OUT -> bench.fanOut();
                        case CHANNEL -> bench.channel(folder.resolve("camel"));
                        case ARRIVALS -> bench.arrivals();
                    });
        }
        Folders.delete(folder);
    }

    private String fanOut() throws Exception {
        return DeliveryReport.fanOut(
                compared(event -> direct.bare(few, event.id(), load.body), event -> direct.deliver("few", event)));
    }

    private String channel(Path folder) throws Exception {
        try (PlainCamel camel = new PlainCamel(folder, few)) {
            return DeliveryReport.channel(compared(camel::send, publishing("few")));
        }
    }

    /** Both in turn, after each has run warm: their rounds, behind those of earlier processes. */
    private List<DeliveryReport.Round> compared(Sender other, Sender own) throws Exception {
        load.closed(other, FEW, warmup);
        load.closed(own, FEW, warmup);
        for (int round = 0; round < rounds; round++)
            kept.add(new DeliveryReport.Round(load.closed(other, FEW, seconds), load.closed(own, FEW, seconds)));
        return kept.all();
    }

    private String arrivals() throws Exception {
        Sender publish = publishing("few");
        load.open(publish, FEW, EVENTS, warmup);
        Times steady = load.open(publish, FEW, EVENTS, 3 * seconds);
        load.open(publishing("hundred"), HUNDRED, EVENTS_TO_HUNDRED, warmup / 2 + 1);
        // The dripping ones' first attempts are waited for up to the hand-off; so is nobody else.
        load.open(publishing("dripping"), HUNDRED - 1, EVENTS_TO_HUNDRED, warmup / 2 + 1);
        List<Times> well = new ArrayList<>();
        List<Times> beside = new ArrayList<>();
        // A window has few events for a p99: what happens once in it, such as a collection, moves it by a third.
        for (int round = 0; round < 3 * rounds; round++) {
            well.add(load.open(publishing("hundred"), HUNDRED, EVENTS_TO_HUNDRED, 2 * seconds));
            beside.add(load.open(publishing("dripping"), HUNDRED - 1, EVENTS_TO_HUNDRED, 2 * seconds));
        }
        load.open(publishing("many"), MANY, 1, warmup / 2 + 1);
        Times many = load.open(publishing("many"), MANY, 1, 5 * seconds);
        return DeliveryReport.arrivals(steady, well, beside, many);
    }

    private Sender publishing(String channel) {
        return event -> channels.publish(channel, event);
    }

    private static int option(List<String> options, String name, int absent) {
        int index = options.indexOf(name);
        return index < 0 ? absent : Integer.parseInt(options.get(index + 1));
    }
}
