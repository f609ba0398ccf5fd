package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import org.jspecify.annotations.Nullable;

/** Whether and how a change can be taken back. */
public sealed interface ReversalPlan {

    /**
     * The call that takes it back, as long as the item stays as it is.
     *
     * @param change what is to be taken back
     * @param method {@code DELETE} for what was created, {@code PUT} for what was changed, {@code POST} or {@code PUT}
     *     for what was deleted, by the way in which it was created
     * @param path path of the call on the upstream
     * @param state the item as it will be; null when it will not be there
     * @param ifMatch entity tag of the item as it is, for {@code If-Match}; null when no strong one is known
     * @param otherwise the call to make when the system answers that nothing can be done at that path; null for none
     */
    record Possible(
            Change change,
            String method,
            String path,
            @Nullable JsonNode state,
            @Nullable String ifMatch,
            @Nullable Possible otherwise)
            implements ReversalPlan {

        public Possible(Change change, String method, String path, @Nullable JsonNode state, @Nullable String ifMatch) {
            this(change, method, path, state, ifMatch, null);
        }

        /** The same, with a call to make instead. */
        Possible or(Possible instead) {
            return new Possible(change, method, path, state, ifMatch, instead);
        }
    }

    /**
     * It was taken back already, and the item is there under another path.
     *
     * @param by what did it; while nobody knows its item, it may not have
     */
    record TakenBack(MadeAgain by) implements ReversalPlan {}

    /**
     * There is no way back.
     *
     * @param reason for people, without data of the item
     */
    record Impossible(String reason) implements ReversalPlan {}

    /**
     * Later changes have made another item of it.
     *
     * @param latest the last of them
     */
    record MovedOn(Change latest) implements ReversalPlan {}
}
