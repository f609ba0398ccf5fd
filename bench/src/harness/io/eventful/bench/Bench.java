package io.eventful.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures every candidate several times, in alternating order, and writes the report. */
public final class Bench {

    private final Places places;
    private final Options options;
    private final Wrk wrk;
    private final Measurements measurements = new Measurements();
    private final Map<Candidate, String> skipped = new LinkedHashMap<>();
    private final long deadline;

    private Bench(Places places, Options options) {
        this.places = places;
        this.options = options;
        this.wrk = new Wrk(places.wrk(), places.bench().resolve("wrk/load.lua"), places.requestBody());
        this.deadline = System.nanoTime() + options.limit().toNanos();
    }

    public static void main(String[] args) throws Exception {
        Bench bench = new Bench(Places.ofSystemProperties(), Options.parse(args));
        String report = bench.run();
        System.out.print(report);
        Files.writeString(bench.places.target().resolve("results.md"), report, StandardOpenOption.APPEND);
    }

    private String run() throws IOException, InterruptedException {
        List<Candidate> candidates = Stream.<Candidate>of(
                        new Peers.Direct(),
                        new Peers.NginxProxy(places),
                        new Peers.SpringCloudGateway(places),
                        new Gateway(places, Gateway.Use.PASS),
                        new Gateway(places, Gateway.Use.CAPTURE),
                        new Gateway(places, Gateway.Use.RECEIVE),
                        new Gateway(places, Gateway.Use.DRIP))
                .filter(candidate -> options.wants(candidate.name()))
                .toList();
        try (Backend upstream = Backend.start(places, "upstream", 2)) {
            // The generator's own code is compiled before anything is measured with it.
            new OpenLoop(upstream.url().resolve(Item.PATH), Method.GET, 2_000).run(Duration.ZERO, options.warmUp());
            for (int repetition = 1; repetition <= options.repetitions(); repetition++) {
                List<Candidate> order = new ArrayList<>(candidates);
                if (repetition % 2 == 0) Collections.reverse(order);
                for (Candidate candidate : order) measure(candidate, upstream, repetition);
            }
        }
        return new Report(places, options, candidates, measurements, skipped).text();
    }

    private void measure(Candidate candidate, Backend upstream, int repetition) throws InterruptedException {
        if (skipped.containsKey(candidate)) return;
        String reason = System.nanoTime() > deadline ? "the time of the run was over" : candidate.missing();
        if (reason.isEmpty()) {
            System.err.println("bench: " + candidate.name() + ", repetition " + repetition);
            try (Candidate.Running running = candidate.start(upstream, candidate.name() + "-" + repetition)) {
                new Trial(candidate, running, wrk, options, measurements).run();
                return;
            } catch (IOException e) {
                reason = String.valueOf(e.getMessage());
            }
        }
        System.err.println("bench: " + candidate.name() + " is left out: " + reason);
        skipped.put(candidate, reason);
    }
}
