package io.eventful.capture;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * HTTP status codes that count as done.
 *
 * @param ranges in the order given
 */
public record StatusRanges(List<Range> ranges) {

    /** Codes from first to last, both included. */
    public record Range(int first, int last) {}

    public StatusRanges {
        ranges = List.copyOf(ranges);
    }

    /** Reads {@code 200-299,304}; fails with {@link IllegalArgumentException} when it is something else. */
    public static StatusRanges parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", -1);
            int first = code(ends[0]);
            int last = ends.length == 1 ? first : code(ends[1]);
            if (ends.length > 2 || last < first) throw new IllegalArgumentException("not a range of status codes");
            ranges.add(new Range(first, last));
        }
        return new StatusRanges(ranges);
    }

    /** True when a status is in one of the ranges. */
    public boolean contains(int status) {
        for (Range range : ranges) if (status >= range.first() && status <= range.last()) return true;
        return false;
    }

    /** True when a status is named by itself, and not just in a range that it is in. */
    public boolean names(int status) {
        return ranges.contains(new Range(status, status));
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return ranges.stream()
                .map(range -> range.first() == range.last()
                        ? String.valueOf(range.first())
                        : range.first() + "-" + range.last())
                .collect(Collectors.joining(","));
    }

    private static int code(String text) {
        String digits = text.strip();
        if (!digits.matches("[1-5][0-9][0-9]")) throw new IllegalArgumentException("not a status code");
        return Integer.parseInt(digits);
    }
}
