package io.eventful.capture;

import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.Problems;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RevisionTag;
import io.eventful.ledger.Ledger;
import java.util.List;
import java.util.Optional;

/**
 * {@code If-Match} for upstreams that have no entity tags of their own: a view's tag ({@link RevisionTag}) must be that of
 * the item's last change (RFC 9110 §13.1.1). Tags of another kind are the upstream's to judge.
 */
final class Preconditions {

    private Preconditions() {}

    /** The refusal of a call whose condition does not hold; empty when it may be sent. Called in the item's turn. */
    static Optional<Answer> unmet(CapturePlan plan, Write write, Item item, Turn turn, Fields request, Ledger ledger) {
        if (!write.isOnItem() || write.kind() == Write.Kind.BATCH) return Optional.empty();
        List<String> conditions = request.all("if-match");
        boolean required = plan.options().ifMatch() == CaptureOptions.IfMatch.REQUIRED;
        if (conditions.isEmpty() && required && request.first("if-none-match").isEmpty())
            return Optional.of(required());
        // Where it is not required, what If-None-Match means is the upstream's to say.
        boolean creates = required
                && request.all("if-none-match").stream()
                        .anyMatch(tag -> tag.strip().equals("*"));
        if (conditions.isEmpty() && !creates) return Optional.empty();
        Optional<Change> latest = ledger.latest(item).filter(Preconditions::isWithoutTag);
        if (latest.isEmpty()) return Optional.empty();
        Optional<Answer> refused = conditions.isEmpty()
                ? Optional.of(failed()).filter(answer -> isThere(latest.get()))
                : match(conditions, latest.get());
        // Another write of the item is under way: what holds now may not hold when this one arrives.
        boolean certain = !turn.isObserved() || plan.options().order() == Change.Order.OBSERVED;
        return refused.isPresent() || certain ? refused : Optional.of(Answers.beingWritten());
    }

    /** Whether a condition names a tag of the gateway's own. */
    static boolean isOwn(String condition) {
        return !RevisionTag.in(condition).isEmpty();
    }

    private static Optional<Answer> match(List<String> conditions, Change last) {
        boolean there = isThere(last);
        boolean ours = false;
        String tag = RevisionTag.of(last.item(), last.revision());
        for (String condition : conditions) {
            if (condition.strip().equals("*")) return there ? Optional.empty() : Optional.of(failed());
            List<String> own = RevisionTag.in(condition);
            if (there && (own.contains(tag) || own.contains(RevisionTag.bare(last.revision()))))
                return Optional.empty();
            ours |= !own.isEmpty();
        }
        return ours ? Optional.of(failed()) : Optional.empty();
    }

    private static boolean isThere(Change last) {
        return !(last.after() instanceof Image.Absent);
    }

    private static boolean isWithoutTag(Change change) {
        return change.response() == null || !change.response().headers().containsKey("etag");
    }

    /** Without the current tag: nobody has asked the upstream whether the caller may know it. */
    private static Answer failed() {
        return Problems.problem(
                412,
                "Precondition Failed",
                "If-Match or If-None-Match does not match the current item: it was changed or deleted, or it already"
                        + " exists. Nothing was sent; read the item again.");
    }

    private static Answer required() {
        return Problems.problem(
                428,
                "Precondition Required",
                "Writes to this item must be conditional: send If-Match with its ETag"
                        + " (If-None-Match: * to create it). Nothing was sent.");
    }
}
