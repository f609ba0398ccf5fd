package io.eventful.capture;

import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import io.eventful.ledger.Settlement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides from the reply what a call has changed. */
final class Outcomes {

    private final AfterImages images;
    private final Batch batch;

    Outcomes(AfterImages images, Batch batch) {
        this.images = images;
        this.batch = batch;
    }

    /**
     * The outcome of a call.
     *
     * @param caller the caller's credentials, for a GET when one is needed
     */
    Settlement of(Sent sent, Fields caller) throws InterruptedException {
        if (!sent.options().success().contains(sent.status())) return new Settlement.Refuted("status-" + sent.status());
        // Accepted is not done (RFC 9110 §15.3.3).
        if (sent.status() == 202) return new Settlement.Refuted("pending");
        Write write = sent.write();
        Item item = sent.plan().item(write.subject(), sent.head());
        return switch (write.kind()) {
            case CREATE -> {
                Optional<Settlement> several = batch.split(sent, item);
                yield several.isPresent() ? several.get() : created(sent, item, caller);
            }
            case BATCH -> batch.split(sent, item).orElseGet(() -> unsplit(sent, item));
            case DELETE -> applied(sent, item, write.action(), Content.ABSENT);
            case ACTION -> applied(sent, item, write.action(), images.find(sent, item, write.target(), caller));
            case PUT, PATCH -> {
                boolean made = sent.status() == 201 || sent.before().image() instanceof Image.Absent;
                String action = made ? "created" : write.action();
                yield applied(sent, item, action, images.find(sent, item, write.target(), caller));
            }
        };
    }

    private Settlement created(Sent sent, Item collection, Fields caller) throws InterruptedException {
        if (sent.status() != 201) return new Settlement.Refuted("status-" + sent.status());
        Optional<NewItem> found = NewItem.find(
                sent.plan(),
                collection.subject(),
                sent.head(),
                sent.fields(),
                sent.reply().json());
        if (found.isPresent()) {
            NewItem made = found.get();
            Item item = new Item(collection.source(), collection.scope(), made.subject());
            String target = sent.plan().withScope(made.target(), sent.head());
            return applied(sent, item, "created", images.find(sent, item, target, caller));
        }
        // Where every POST is looked at, one that names no item made none.
        if (sent.plan().template().toString().endsWith("**")) return new Settlement.Refuted("no-item");
        return applied(sent, collection, "created", sent.reply(), Change.Outcome.UNKNOWN, "no-id");
    }

    private static Settlement applied(Sent sent, Item item, String action, Content after) {
        return applied(sent, item, action, after, Change.Outcome.CONFIRMED, reason(sent.before(), after));
    }

    private static Settlement applied(
            Sent sent, Item item, String action, Content after, Change.Outcome outcome, @Nullable String reason) {
        return applied(sent, item, action, sent.before(), after, sent.turn().order(), outcome, reason);
    }

    /** Something was written, and nobody says which items. */
    private static Settlement unsplit(Sent sent, Item collection) {
        return applied(sent, collection, "updated", Content.unknown("no-items"), Change.Outcome.UNKNOWN, "no-items");
    }

    static Settlement.Applied applied(
            Sent sent,
            Item item,
            String action,
            Content before,
            Content after,
            Change.Order order,
            Change.Outcome outcome,
            @Nullable String reason) {
        RequestRecord request = RecordedHeads.request(
                sent.head(),
                Documents.kept(sent.requestDigest(), sent.request(), sent.head().fields(), sent.options()));
        ResponseRecord response = RecordedHeads.response(
                sent.status(),
                sent.fields(),
                Documents.kept(sent.replyDigest(), sent.reply(), sent.fields(), sent.options()));
        return new Settlement.Applied(
                outcome, item, action, before.image(), after.image(), order, response, reason, request);
    }

    /** What was redacted can never be brought back, so that is said before anything else. */
    static @Nullable String reason(Content before, Content after) {
        if (after.note().equals(Content.REDACTED) || before.note().equals(Content.REDACTED)) return Content.REDACTED;
        if (!after.note().isEmpty()) return after.note();
        if (after.image() instanceof Image.Unknown(String why)) return why;
        if (after.image() instanceof Image.Digested digested) return digested.reason();
        return before.image() instanceof Image.Unknown(String why) ? why : null;
    }
}
