package io.eventful.capture;

import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.Problems;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.Ledger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code If-Match} for upstreams that have no entity tags of their own: a view's tag {@code "r<revision>"} must be that of
 * the item's last change (RFC 9110 §13.1.1). Tags of another kind are the upstream's to judge.
 */
final class Preconditions {

    private static final Pattern OWN = Pattern.compile("\"r([0-9]{1,18})\"");

    private Preconditions() {}

    /** The refusal of a call whose condition does not hold; empty when it may be sent. Called in the item's turn. */
    static Optional<Answer> unmet(CapturePlan plan, Write write, Item item, Turn turn, Fields request, Ledger ledger) {
        if (!write.isOnItem() || write.kind() == Write.Kind.BATCH) return Optional.empty();
        List<String> conditions = request.all("if-match");
        if (conditions.isEmpty()) {
            boolean wanted = plan.options().ifMatch() == CaptureOptions.IfMatch.REQUIRED
                    && request.first("if-none-match").isEmpty();
            return wanted ? Optional.of(required()) : Optional.empty();
        }
        if (turn.isObserved()) return Optional.empty();
        Optional<Change> latest = ledger.latest(item).filter(Preconditions::isWithoutTag);
        if (latest.isEmpty()) return Optional.empty();
        Change last = latest.get();
        boolean there = !(last.after() instanceof Image.Absent);
        boolean ours = false;
        for (String condition : conditions) {
            if (condition.strip().equals("*")) return there ? Optional.empty() : Optional.of(failed(last));
            Matcher tags = OWN.matcher(condition);
            while (tags.find()) {
                ours = true;
                if (there && Long.parseLong(tags.group(1)) == last.revision()) return Optional.empty();
            }
        }
        return ours ? Optional.of(failed(last)) : Optional.empty();
    }

    private static boolean isWithoutTag(Change change) {
        return change.response() == null || !change.response().headers().containsKey("etag");
    }

    private static Answer failed(Change last) {
        Answer answer = Problems.problem(
                412,
                "Precondition Failed",
                "The item has changed, or is gone, since the state that If-Match names. Nothing was sent; read it"
                        + " again.");
        return last.after() instanceof Image.Absent
                ? answer
                : new Answer(
                        answer.status(), answer.fields().and("ETag", "\"r" + last.revision() + '"'), answer.body());
    }

    private static Answer required() {
        return Problems.problem(
                428,
                "Precondition Required",
                "Writes to this item must say which state of it they are for: send If-Match with its ETag"
                        + " (If-None-Match: * to create it). Nothing was sent.");
    }
}
