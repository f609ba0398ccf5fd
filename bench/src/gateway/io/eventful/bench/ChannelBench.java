package io.eventful.bench;

import com.sun.management.OperatingSystemMXBean;
import io.eventful.bench.Samples.Speed;
import io.eventful.ledger.Ledger;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * From the ledger through a channel to a consumer: the whole gateway over a ledger that is already full, so that
 * nothing but its relay sets the pace, and beside it the broker's own client. Arguments: a folder, the class path of a
 * Kafka broker (empty: without), then options as {@code bench/run} takes them.
 */
public final class ChannelBench {

    private static final String ROUTE = "bench";
    private static final double WARM_UP = 0.5;
    private static final Duration MOST = Duration.ofSeconds(45);

    private final Path folder;
    private final int events;
    private final int seconds;
    private final Path routes;
    private final Path stock;

    private ChannelBench(Path folder, List<String> options) throws IOException {
        this.folder = folder;
        boolean quick = options.contains("--quick");
        this.events = Arguments.number(options, "--events", quick ? 20_000 : 150_000);
        this.seconds = quick ? 2 : Arguments.number(options, "--seconds", 8);
        Folders.delete(folder);
        this.routes = Files.createDirectories(folder.resolve("routes"));
        this.stock = Files.createDirectories(folder.resolve("stock"));
        Files.writeString(routes.resolve("bench.yaml"), """
            - route:
                id: bench
                from:
                  uri: capture:/**
                  steps:
                    - transformDataType:
                        toType: "event:state"
                    - to:
                        uri: channel:bench
            """);
    }

    public static void main(String[] args) {
        Benchmark.main(() -> measure(args));
    }

    private static void measure(String[] args) throws Exception {
        List<String> options = List.of(args);
        ChannelBench bench = new ChannelBench(Path.of(args[0]), options);
        bench.fill();
        List<ChannelRow> rows = new ArrayList<>();
        if (!options.contains("--kafka-only")) rows.add(bench.artemis());
        if (!args[1].isEmpty() && !options.contains("--artemis-only")) rows.add(bench.kafka(args[1]));
        System.out.print(ChannelRow.table(rows));
        Folders.delete(bench.folder);
    }

    /** A ledger whose route has not begun yet. */
    private void fill() throws Exception {
        try (AnnotationConfigApplicationContext context = Ledgers.open(stock)) {
            Ledger ledger = context.getBean(Ledger.class);
            ledger.relayed().advance(ROUTE, 0).join();
            new LedgerLoad(ledger).fill(events);
        }
    }

    private Path data(String name) throws IOException {
        Path data = folder.resolve(name);
        try (Stream<Path> files = Files.walk(stock)) {
            for (Path file : files.toList())
                Files.copy(file, data.resolve(stock.relativize(file).toString()));
        }
        return data;
    }

    private ChannelRow artemis() throws Exception {
        Path data = data("with-artemis");
        try (RunningGateway gateway = new RunningGateway(data, routes, ArtemisPair.OPEN)) {
            Speed channel = drained(gateway, ChannelBench::ownProcessorNanos);
            try (ArtemisPair pair = new ArtemisPair()) {
                return new ChannelRow("Artemis, embedded", 8_000, channel, bare(pair, ChannelBench::ownProcessorNanos));
            }
        }
    }

    private ChannelRow kafka(String classpath) throws Exception {
        Path data = data("with-kafka");
        try (KafkaNode kafka = new KafkaNode(folder.resolve("kafka"), classpath)) {
            LongSupplier cpu = () -> ownProcessorNanos() + kafka.processorNanos();
            Map<String, String> broker =
                    Map.of("eventful.broker.kind", "kafka", "eventful.broker.kafka.bootstrap-servers", kafka.servers());
            Speed channel;
            try (RunningGateway gateway = new RunningGateway(data, routes, broker)) {
                channel = drained(gateway, cpu);
            }
            try (KafkaPair pair = new KafkaPair(kafka.servers())) {
                return new ChannelRow("Kafka", 15_000, channel, bare(pair, cpu));
            }
        }
    }

    /** What is published before the consumer is there does not reach it: the end is when no more comes. */
    private Speed drained(RunningGateway gateway, LongSupplier cpu) throws InterruptedException {
        return new Samples(gateway.received::get, cpu).untilQuiet(events, MOST).speed(WARM_UP);
    }

    private Speed bare(Pair pair, LongSupplier cpu) throws InterruptedException {
        pair.start();
        Duration phase = Duration.ofSeconds(seconds);
        new Samples(pair.received::get, cpu).until(Long.MAX_VALUE, phase);
        long warm = pair.received.get();
        return new Samples(() -> pair.received.get() - warm, cpu)
                .until(Long.MAX_VALUE, phase)
                .speed(0);
    }

    private static long ownProcessorNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
