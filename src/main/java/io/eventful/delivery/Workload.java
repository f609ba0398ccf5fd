package io.eventful.delivery;

import io.eventful.event.Activity;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What delivery is doing, and what it has planned for later. */
record Workload(Core core) implements Activity {

    private static final String WAITING =
            "SELECT COUNT(*), MIN(next_attempt) FROM delivery WHERE subscription = ?" + " AND finished IS NULL";

    /** What waits in the store of one subscription. */
    private record Stored(int count, @Nullable Instant next) {}

    @Override
    public boolean busy() {
        return !core.lanes().flying().isEmpty() || core.lanes().all().stream().anyMatch(this::busy);
    }

    /**
     * A lane is busy, too, while a delivery waits in the store for a time at which no look at the store is planned
     * yet.
     */
    private boolean busy(Lane lane) {
        if (lane.turns().busy() || lane.launches().busy() || lane.catchingUp()) return true;
        Instant next = lane.active() ? stored(lane).next() : null;
        if (next == null) return false;
        Instant planned = lane.turns().planned();
        return planned == null
                || planned.isAfter(later(next, lane.opens(core.clock().instant())));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    @Override
    public int open() {
        return core.lanes().flying().size()
                + core.lanes().all().stream()
                        .filter(Lane::active)
                        .mapToInt(lane -> stored(lane).count())
                        .sum();
    }

    private Stored stored(Lane lane) {
        return core.database().read(connection -> {
            try (PreparedStatement query = connection.prepareStatement(WAITING)) {
                query.setString(1, lane.subscription().id());
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    int count = row.getInt(1);
                    long next = row.getLong(2);
                    return new Stored(count, row.wasNull() ? null : Instant.ofEpochMilli(next));
                }
            }
        });
    }
}
