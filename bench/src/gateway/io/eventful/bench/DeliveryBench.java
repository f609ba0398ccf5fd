package io.eventful.bench;

import io.eventful.bench.DeliveryLoad.Sender;
import io.eventful.channel.Channels;
import io.eventful.cli.BenchGateway;
import io.eventful.delivery.DirectDelivery;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Delivery of the whole gateway in this process, endpoints included, beside a bare loop of the same HTTP client and a
 * plain Camel route. Arguments: a folder, then options as {@code bench/run} takes them.
 */
public final class DeliveryBench {

    private static final int FEW = 10;
    private static final int HUNDRED = 100;
    private static final int MANY = 1_000;
    private static final double EVENTS = 200;
    /** To a hundred endpoints: as many deliveries as the above. */
    private static final double EVENTS_TO_HUNDRED = 20;

    private final int seconds;
    private final int rounds;
    private final DeliveryLoad load;
    private final Channels channels;
    private final DirectDelivery direct;
    private final List<URI> few;

    private DeliveryBench(BenchGateway gateway, Endpoints endpoints, int seconds, int rounds) {
        this.seconds = seconds;
        this.rounds = rounds;
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
        List<String> options = List.of(args);
        boolean quick = options.contains("--quick");
        int seconds = quick ? 2 : option(options, "--seconds", 4);
        int rounds = quick ? 1 : option(options, "--repetitions", 3);
        int warmup = quick ? 2 : option(options, "--warmup", 30);
        Folders.delete(folder);
        Files.createDirectories(folder);
        try (Endpoints endpoints = new Endpoints(MANY);
                BenchGateway gateway = new BenchGateway(folder, List.of("few", "hundred", "dripping", "many"));
                PlainCamel camel = new PlainCamel(folder.resolve("camel"), endpoints.first(FEW))) {
            Subscribers subscribers = new Subscribers(gateway);
            subscribers.add("few", endpoints.first(FEW));
            subscribers.add("hundred", endpoints.first(HUNDRED));
            subscribers.add("dripping", endpoints.first(HUNDRED - 1));
            subscribers.add("dripping", List.of(endpoints.uri(HUNDRED - 1, "/drip")));
            subscribers.add("many", endpoints.first(MANY));
            DeliveryReport report = new DeliveryReport();
            new DeliveryBench(gateway, endpoints, seconds, rounds).run(camel, warmup, report);
            System.out.print(report.text());
        }
        Folders.delete(folder);
    }

    private void run(PlainCamel camel, int warmup, DeliveryReport report) throws Exception {
        Sender bare = event -> direct.bare(few, event.id(), load.body);
        Sender fanOut = event -> direct.deliver("few", event);
        Sender publish = publishing("few");
        for (Sender sender : List.of(bare, fanOut, publish, (Sender) camel::send)) load.closed(sender, FEW, warmup);
        for (int round = 0; round < rounds; round++) {
            report.bare(load.closed(bare, FEW, seconds), load.closed(fanOut, FEW, seconds));
            report.camel(load.closed(camel::send, FEW, seconds), load.closed(publish, FEW, seconds));
        }
        load.open(publish, FEW, EVENTS, warmup / 2 + 1);
        report.steady(load.open(publish, FEW, EVENTS, 3 * seconds));
        load.open(publishing("hundred"), HUNDRED, EVENTS_TO_HUNDRED, warmup / 2 + 1);
        // The dripping ones' first attempts are waited for up to the hand-off; so is nobody else.
        load.open(publishing("dripping"), HUNDRED - 1, EVENTS_TO_HUNDRED, warmup / 2 + 1);
        // A window has few events for a p99: what happens once in it, such as a collection, moves it by a third.
        for (int round = 0; round < 3 * rounds; round++)
            report.drip(
                    load.open(publishing("hundred"), HUNDRED, EVENTS_TO_HUNDRED, 2 * seconds),
                    load.open(publishing("dripping"), HUNDRED - 1, EVENTS_TO_HUNDRED, 2 * seconds));
        load.open(publishing("many"), MANY, 1, warmup / 2 + 1);
        report.many(load.open(publishing("many"), MANY, 1, 5 * seconds));
    }

    private Sender publishing(String channel) {
        return event -> channels.publish(channel, event);
    }

    private static int option(List<String> options, String name, int absent) {
        int index = options.indexOf(name);
        return index < 0 ? absent : Integer.parseInt(options.get(index + 1));
    }
}
