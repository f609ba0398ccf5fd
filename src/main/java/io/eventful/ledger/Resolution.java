package io.eventful.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Unnamed;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has found out about a change of unknown outcome. It is told as a further change of the item, caused by
 * the unknown one, so that every consumer learns it in the item's order: a confirmed change with its action, a refuted one
 * with the action that leads back ({@code deleted} for what was not created, {@code created} for what was not deleted, also
 * by a reversal, {@code updated} for anything else). Its reason is {@code resolved:confirmed} or {@code resolved:refuted}.
 *
 * @param change of unknown outcome
 * @param finding whether it was applied
 * @param state the item as it is now, when the operator tells it; nothing comes of it while nobody has named the item
 * @param subject the item's path, for a create of which only the collection is known; null: the change's own
 */
public record Resolution(
        Change change,
        Finding finding,
        @Nullable JsonNode state,
        @Nullable String subject) {

    private static final Image UNNAMED = new Image.Unknown("no-id");

    /** Whether the REST system applied the call. */
    public enum Finding {
        CONFIRMED,
        REFUTED
    }

    Item item() {
        Item item = change.item();
        return subject == null ? item : new Item(item.source(), item.scope(), subject);
    }

    /** Whether it is known of which item it speaks: a create has its collection's path until somebody tells the item's. */
    boolean isOfItem() {
        return subject != null || !Unnamed.is(change);
    }

    IntentDraft draft(Instant time) {
        String source = change.item().source();
        return new IntentDraft(
                item(),
                change.resource(),
                action(),
                time,
                source.substring(source.lastIndexOf('/') + 1),
                change.after(),
                null,
                change.request(),
                Change.Order.OBSERVED,
                change.guarantee(),
                change.traceparent(),
                Long.toString(change.position()));
    }

    /** @param latest the last change of the item; it stands when it is later than the unknown one */
    Settlement.Applied applied(@Nullable Change latest) {
        // A collection has no state, and later changes of it are of other items.
        if (!isOfItem())
            return finding == Finding.CONFIRMED
                    ? applied(action(), change.before(), UNNAMED)
                    : applied(action(), UNNAMED, change.before());
        if (latest != null && latest.position() > change.position())
            return applied(EventType.UPDATED, latest.after(), state == null ? latest.after() : after());
        return applied(action(), finding == Finding.CONFIRMED ? change.before() : change.after(), after());
    }

    private Settlement.Applied applied(String action, Image before, Image after) {
        return new Settlement.Applied(
                Change.Outcome.CONFIRMED,
                item(),
                action,
                before,
                after,
                Change.Order.OBSERVED,
                null,
                "resolved:" + Heads.code(finding));
    }

    private String action() {
        if (finding == Finding.CONFIRMED) return change.action();
        return switch (change.action()) {
            case EventType.CREATED -> EventType.DELETED;
            case EventType.DELETED -> EventType.CREATED;
            case EventType.REVERSED -> backFromReversed();
            default -> EventType.UPDATED;
        };
    }

    /** A reversal makes an item again, deletes it, or writes it. */
    private String backFromReversed() {
        if (change.before() instanceof Image.Absent) return EventType.DELETED;
        return hasDeleted() ? EventType.CREATED : EventType.UPDATED;
    }

    private boolean hasDeleted() {
        boolean reversed = change.action().equals(EventType.REVERSED);
        return change.action().equals(EventType.DELETED)
                || reversed
                        && change.request() != null
                        && change.request().method().equals("DELETE");
    }

    private Image after() {
        if (state != null) return new Image.Known(state);
        if (finding == Finding.REFUTED) return change.before();
        return hasDeleted() ? new Image.Absent() : new Image.Unknown("not-told");
    }
}
