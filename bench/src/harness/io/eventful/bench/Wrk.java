package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Closed-loop load: as many requests as 64 connections can make. */
record Wrk(Path program, Path script, Path body) {

    static final int CONNECTIONS = 64;
    private static final int THREADS = Math.min(2, Runtime.getRuntime().availableProcessors());

    /**
     * What a phase showed. The percentiles are of a closed loop, which asks less while it waits: they compare candidates
     * at their own full load and are no promise of latency at a given rate (see {@link OpenLoop} for that).
     *
     * @param requests answered
     * @param failures connections that broke, time-outs and statuses from 400 on
     */
    record Result(long requests, Duration time, long failures, Duration p50, Duration p99) {
        double perSecond() {
            return requests / (time.toNanos() / 1e9);
        }
    }

    Result run(URI url, Method method, Duration duration) throws IOException, InterruptedException {
        return run(url, method, duration, List.of());
    }

    /** @param fields of each request, as {@link GitHub#fields()} gives them */
    Result run(URI url, Method method, Duration duration, List<String> fields)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--threads=" + THREADS,
                "--connections=" + CONNECTIONS,
                "--duration=" + duration.toSeconds() + "s",
                "--script=" + script,
                url.toString(),
                "--",
                method.name()));
        if (method == Method.POST) command.add(body.toString());
        command.addAll(fields);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String[] numbers = output.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk failed: " + output))
                .split(" ");
        return new Result(
                Long.parseLong(numbers[1]),
                micros(numbers[2]),
                Long.parseLong(numbers[3]),
                micros(numbers[4]),
                micros(numbers[5]));
    }

    private static Duration micros(String number) {
        return Duration.ofNanos(Long.parseLong(number) * 1_000);
    }
}
