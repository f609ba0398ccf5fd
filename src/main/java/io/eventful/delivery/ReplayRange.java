package io.eventful.delivery;

import io.eventful.delivery.ReplayEnd.Position;
import io.eventful.delivery.ReplayEnd.Time;
import io.eventful.event.Publication;
import io.eventful.subscription.InvalidSubscriptionException;
import io.eventful.subscription.RequestProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        Optional<ReplayEnd> first = ReplayEnd.read(from);
        Optional<ReplayEnd> last = to == null ? Optional.empty() : ReplayEnd.read(to);
        List<RequestProblem> problems = new ArrayList<>();
        if (first.isEmpty()) problems.add(unreadable("/from"));
        if (to != null && last.isEmpty()) problems.add(unreadable("/to"));
        if (!problems.isEmpty()) throw new InvalidSubscriptionException(problems);
        return between(first.orElseThrow(), last.orElse(null));
    }

    private static ReplayRange between(ReplayEnd first, @Nullable ReplayEnd last) {
        if (first instanceof Position(long from)) {
            if (last == null) return new Positions(from, Long.MAX_VALUE);
            if (last instanceof Position(long to)) {
                if (to < from) throw reversed();
                return new Positions(from, to);
            }
            if (from == 0 && last instanceof Time(Instant to)) return new Times(Instant.EPOCH, to);
        }
        if (first instanceof Time(Instant from)) {
            if (last == null) return new Times(from, Instant.MAX);
            if (last instanceof Time(Instant to)) {
                if (to.isBefore(from)) throw reversed();
                return new Times(from, to);
            }
        }
        throw wrong("is not of the kind of \"from\"", "Write two positions or two times.");
    }

    private static InvalidSubscriptionException reversed() {
        return wrong("is before \"from\"", "Write the earlier one in \"from\"; both belong to the range.");
    }

    private static InvalidSubscriptionException wrong(String detail, String remedy) {
        return new InvalidSubscriptionException(List.of(new RequestProblem("/to", detail, remedy)));
    }

    private static RequestProblem unreadable(String pointer) {
        return new RequestProblem(
                pointer,
                "is neither a position nor an RFC 3339 time",
                "Write a position such as \"42\", or a time such as \"2026-11-01T12:00:00Z\".");
    }
}
