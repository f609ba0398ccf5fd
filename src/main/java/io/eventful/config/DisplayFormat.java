package io.eventful.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.util.unit.DataSize;

/** Formats durations and sizes as in a configuration file. */
final class DisplayFormat {

    private static final Pattern DURATION = Pattern.compile("\\bPT-?[0-9][0-9HMS.-]*");
    private static final Pattern SIZE = Pattern.compile("(?<![\\w.-])[0-9]{1,18}B\\b");

    private DisplayFormat() {}

    /** Replaces Java's {@code PT1H30M} and {@code 1048576B} in a message by {@code 1h30m} and {@code 1MB}. */
    static String asWritten(String message) {
        String times = DURATION.matcher(message).replaceAll(found -> duration(Duration.parse(found.group())));
        return SIZE.matcher(times).replaceAll(found -> size(DataSize.parse(found.group())));
    }

    private static String duration(Duration duration) {
        if (duration.isZero()) return "0s";
        Duration amount = duration.abs();
        StringBuilder text = new StringBuilder(duration.isNegative() ? "-" : "");
        part(text, amount.toDaysPart(), "d");
        part(text, amount.toHoursPart(), "h");
        part(text, amount.toMinutesPart(), "m");
        part(text, amount.toSecondsPart(), "s");
        part(text, amount.toMillisPart(), "ms");
        return text.toString();
    }

    private static void part(StringBuilder text, long amount, String unit) {
        if (amount != 0) text.append(amount).append(unit);
    }

    private static String size(DataSize size) {
        long bytes = size.toBytes();
        if (bytes == 0 || bytes % 1024 != 0) return bytes + "B";
        return bytes % (1024 * 1024) != 0 ? bytes / 1024 + "KB" : bytes / (1024 * 1024) + "MB";
    }
}
