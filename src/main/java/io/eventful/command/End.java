package io.eventful.command;

import io.eventful.ledger.KeptReply;
import org.jspecify.annotations.Nullable;

/**
 * How a command ends.
 *
 * @param status an end
 * @param reason short code; null for a reply of the upstream
 * @param reply what is kept of the reply; null without one
 */
record End(
        Command.Status status,
        @Nullable String reason,
        @Nullable KeptReply reply) {

    static final String CANCELLED = "cancelled";
    /** It was done, as the ledger knows, and its reply was lost. */
    static final String REPLY_LOST = "reply-lost";

    static End failed(String reason) {
        return new End(Command.Status.FAILED, reason, null);
    }
}
