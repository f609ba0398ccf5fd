package io.eventful.ledger;

import io.eventful.event.Change;
import java.util.concurrent.CompletionStage;

/** Takes a change back by a call of its own to the REST system, on the way that every captured call goes. */
public interface Compensation {

    /** What came of it. */
    sealed interface Result {

        /**
         * The item is as it was before.
         *
         * @param change the reversing change, in the ledger
         */
        record Reversed(Change change) implements Result {}

        /**
         * The item is no longer as the change left it.
         *
         * @param reason for people, without data of the item
         */
        record MovedOn(String reason) implements Result {}

        /**
         * The change cannot be taken back.
         *
         * @param reason for people, without data of the item
         */
        record Impossible(String reason) implements Result {}

        /**
         * No call was made; the same may succeed later.
         *
         * @param reason for people, without data of the item
         */
        record NotSent(String reason) implements Result {}

        /**
         * The REST system may have executed the call; the ledger will tell.
         *
         * @param reason why it does not yet; for people, without data of the item
         */
        record Unsettled(String reason) implements Result {}

        /**
         * The REST system refused the call.
         *
         * @param status of its reply
         */
        record Refused(int status) implements Result {}
    }

    /** Takes the change back; {@link Reversals} says by which call. */
    CompletionStage<Result> apply(Change change);
}
