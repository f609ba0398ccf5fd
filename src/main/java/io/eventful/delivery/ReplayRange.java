package io.eventful.delivery;

import io.eventful.event.Publication;
import io.eventful.subscription.InvalidSubscriptionException;
import io.eventful.subscription.RequestProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which publications a replay covers; both ends are inclusive. */
sealed interface ReplayRange {

    boolean covers(Publication publication);

    /** Ledger positions. Events without one belong to a range that begins at the start. */
    record Positions(long from, long to) implements ReplayRange {
        @Override
        public boolean covers(Publication publication) {
            long position = publication.event().position();
            return position >= from && position <= to;
        }
    }

    /** Times of publication. */
    record Times(Instant from, Instant to) implements ReplayRange {
        @Override
        public boolean covers(Publication publication) {
            return !publication.time().isBefore(from) && !publication.time().isAfter(to);
        }
    }

    /** Reads two positions or two times, where {@code "0"} is the start of either; fails with {@link InvalidSubscriptionException}. */
    static ReplayRange parse(String from, @Nullable String to) {
        if (position(from)) {
            if (to != null && !position(to)) {
                if (Long.parseLong(from) == 0) return new Times(Instant.EPOCH, time("to", to));
                throw mixed();
            }
            long last = to == null ? Long.MAX_VALUE : Long.parseLong(to);
            if (last < Long.parseLong(from)) throw reversed();
            return new Positions(Long.parseLong(from), last);
        }
        if (to != null && position(to)) throw mixed();
        Instant last = to == null ? Instant.MAX : time("to", to);
        if (last.isBefore(time("from", from))) throw reversed();
        return new Times(time("from", from), last);
    }

    private static InvalidSubscriptionException reversed() {
        return wrong("to", "is before \"from\"", "Write the earlier one in \"from\"; both belong to the range.");
    }

    private static InvalidSubscriptionException mixed() {
        return wrong("to", "is not of the kind of \"from\"", "Write two positions or two times.");
    }

    private static InvalidSubscriptionException wrong(String member, String detail, String remedy) {
        return new InvalidSubscriptionException(List.of(new RequestProblem('/' + member, detail, remedy)));
    }

    private static boolean position(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static Instant time(String name, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw wrong(
                    name,
                    "is neither a position nor an RFC 3339 time",
                    "Write a position such as \"42\", or a time such as \"2026-11-01T12:00:00Z\".");
        }
    }
}
