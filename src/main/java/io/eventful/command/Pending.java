package io.eventful.command;

import io.eventful.edge.RequestHead;
import io.eventful.edge.Upstreams;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A command that has not ended, as the memory holds it. */
final class Pending {

    /** RFC 9110 §9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("PUT", "DELETE");

    final long number;
    final String id;
    final String lane;
    final String upstream;
    final Instant created;
    final String claim;
    final String fingerprint;
    final boolean repeatable;
    /** Bytes of its request on disk. */
    final long size;

    private final boolean keyed;
    final CompletableFuture<Ended> done = new CompletableFuture<>();
    /** Callers who want the reply itself, not what is kept of it. */
    final AtomicInteger waiting = new AtomicInteger();
    /** Whether an attempt may have been applied, although no reply came. */
    volatile boolean doubtful;
    /** Attempts in a row that were not sent; guarded by the one who runs the command. */
    int failures;
    /** Attempts that may have been applied; guarded likewise. */
    int sent;

    Pending(Row row) {
        number = row.number();
        id = row.id();
        lane = row.lane();
        upstream = row.upstream();
        created = row.created();
        claim = row.claim();
        fingerprint = row.fingerprint();
        doubtful = row.doubtful();
        size = row.size();
        keyed = row.keyed();
        repeatable = keyed || IDEMPOTENT.contains(row.method());
    }

    /** True when its claim is that of an {@code Idempotency-Key}, which outlives it. */
    boolean isKeyed() {
        return keyed;
    }

    /** The command as it is kept, without a look at the store. */
    Command shown(RequestHead head) {
        Command pending =
                new Command(number, id, Command.Status.PENDING, null, head.method(), head.path(), created, null, null);
        Ended ended = done.getNow(null);
        return ended == null ? pending : pending.ended(ended.end(), ended.time());
    }

    /** What a caller who waits wants. */
    enum Interest {
        /** The reply as it comes. */
        REPLY,
        NONE
    }

    /**
     * What the memory needs of a row.
     *
     * @param doubtful whether an attempt may have been applied, although no reply came
     * @param keyed whether its claim is that of an {@code Idempotency-Key}
     * @param size bytes of its request on disk
     */
    record Row(
            long number,
            String id,
            String method,
            String lane,
            String upstream,
            Instant created,
            String claim,
            String fingerprint,
            boolean doubtful,
            boolean keyed,
            long size) {}

    /**
     * The end of a command.
     *
     * @param end of it
     * @param time when it ended
     * @param live the reply as it came; only for callers who waited for it
     */
    record Ended(End end, Instant time, Optional<Upstreams.Fetched> live) {
        Ended withoutReply() {
            return new Ended(end, time, Optional.empty());
        }
    }
}
