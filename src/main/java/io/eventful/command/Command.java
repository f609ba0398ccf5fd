package io.eventful.command;

import io.eventful.ledger.KeptReply;
import io.eventful.ledger.KeyState;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A command as it is kept.
 *
 * @param number order of acceptance
 * @param id 128 random bits
 * @param status of it
 * @param reason why it failed or is unknown, as a short code; null otherwise
 * @param method of the request
 * @param path normalised path of the request
 * @param created when it was accepted
 * @param ended when it ended; null before
 * @param reply what it was answered, without what must not be kept; null when there was no reply
 */
public record Command(
        long number,
        String id,
        Status status,
        @Nullable String reason,
        String method,
        String path,
        Instant created,
        @Nullable Instant ended,
        @Nullable KeptReply reply) {

    /** Where a command is. */
    public enum Status {
        /** Nothing of it has been sent, or what was sent is known not to have been applied. */
        PENDING,
        /** It is being sent, or its fate is being found out. */
        RUNNING,
        /** It was done. */
        SUCCEEDED,
        /** It was refused, given up or cancelled: it is not applied. */
        FAILED,
        /** It may have been applied; nobody can tell. */
        UNKNOWN;

        /** As it is written outside. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean isEnd() {
            return this != PENDING && this != RUNNING;
        }
    }

    /** Whether another call has its key, which came when this command had failed. */
    boolean isFollowedBy(KeyState state) {
        boolean own = reply != null
                && state instanceof KeyState.Replied(String fingerprint, KeptReply kept, OptionalLong position)
                && kept.status() == reply.status();
        return status == Status.FAILED && !own;
    }

    Command ended(End end, Instant time) {
        return new Command(number, id, end.status(), end.reason(), method, path, created, time, end.reply());
    }

    Command running() {
        return new Command(number, id, Status.RUNNING, reason, method, path, created, ended, reply);
    }
}
