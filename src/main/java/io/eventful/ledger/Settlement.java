package io.eventful.ledger;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an intent ends. */
public sealed interface Settlement {

    /** The REST system did not apply the call, or the call changed nothing: no change is appended. */
    record Refuted(String reason) implements Settlement {}

    /**
     * The call has written several items: all its changes are appended, in this order, or none.
     *
     * @param changes at least one
     * @param causation what they have in common; null: the draft's stands
     */
    record Several(List<Applied> changes, @Nullable String causation) implements Settlement {
        public Several {
            changes = List.copyOf(changes);
        }

        public Several(List<Applied> changes) {
            this(changes, null);
        }
    }

    /**
     * The call was applied, or may have been.
     *
     * @param outcome confirmed, or unknown
     * @param item the item, now that its path is known (an unknown create keeps its collection)
     * @param action the action, now that the status is known
     * @param before the item before
     * @param after the item after
     * @param order whether the lane was held to the end
     * @param response head of the reply; null when none arrived
     * @param reason short code when something is unknown or incomplete
     * @param request head of the call, when more is known of it than at the intent (size and digest of a body that was
     *     streamed); null: the draft's stands
     * @param resource noun of the item, when it is not where it was looked for; null: the draft's stands
     */
    record Applied(
            Change.Outcome outcome,
            Item item,
            String action,
            Image before,
            Image after,
            Change.Order order,
            @Nullable ResponseRecord response,
            @Nullable String reason,
            @Nullable RequestRecord request,
            @Nullable String resource)
            implements Settlement {

        public Applied(
                Change.Outcome outcome,
                Item item,
                String action,
                Image before,
                Image after,
                Change.Order order,
                @Nullable ResponseRecord response,
                @Nullable String reason) {
            this(outcome, item, action, before, after, order, response, reason, null, null);
        }
    }
}
