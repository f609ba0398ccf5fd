package io.eventful.bench;

import io.eventful.bench.DeliveryLoad.Cost;
import io.eventful.bench.DeliveryReport.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** The rounds of several processes that measured the same, in a file: a line each, four numbers. */
record KeptRounds(Path file) {

    void add(Round round) throws IOException {
        String line = Stream.of(round.other(), round.own())
                .flatMap(cost -> Stream.of(cost.rate(), cost.micros()))
                .map(String::valueOf)
                .reduce((one, next) -> one + " " + next)
                .orElseThrow();
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    List<Round> all() throws IOException {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(KeptRounds::parsed).toList();
        }
    }

    private static Round parsed(String line) {
        double[] numbers =
                Stream.of(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
        return new Round(new Cost(numbers[0], numbers[1]), new Cost(numbers[2], numbers[3]));
    }
}
