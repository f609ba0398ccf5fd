package io.eventful.ledger;

import java.util.OptionalLong;

/** What became of the call that holds an idempotency key. */
public sealed interface KeyState {

    /** Hash of that call's request. */
    String fingerprint();

    /** Position of its change in the ledger; empty when there is none, or not yet. */
    default OptionalLong position() {
        return OptionalLong.empty();
    }

    /** Its outcome is not durable yet, or not known yet. */
    record Open(String fingerprint) implements KeyState {}

    /**
     * It was answered.
     *
     * @param position of its change; empty when it has changed nothing
     */
    record Replied(String fingerprint, KeptReply reply, OptionalLong position) implements KeyState {}

    /**
     * It was applied, or may have been; its reply is lost.
     *
     * @param position of its change; empty when it has changed nothing
     */
    record Settled(String fingerprint, OptionalLong position) implements KeyState {}
}
