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

    private static final int ACCEPTED = 202;

    private final AfterImages images;
    private final Batch batch;
    private final Creations creations;

    Outcomes(AfterImages images, BeforeImages befores) {
        this.images = images;
        this.batch = new Batch(befores);
        this.creations = new Creations(images, befores);
    }

    /**
     * The outcome of a call.
     *
     * @param caller the caller's credentials, for a GET when one is needed
     */
    Settlement of(Sent sent, Fields caller) throws InterruptedException {
        if (!sent.options().success().contains(sent.status())) return new Settlement.Refuted("status-" + sent.status());
        if (isPending(sent.status(), sent.options())) return new Settlement.Refuted("pending");
        Write write = sent.write();
        Item item = sent.plan().item(write.subject(), sent.head());
        return switch (write.kind()) {
            case CREATE -> {
                Optional<Settlement> several = batch.split(sent, item);
                yield several.isPresent() ? several.get() : creations.of(sent, item, caller);
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

    /** Accepted is not done (RFC 9110 §15.3.3), unless the route's {@code success} names that status by itself. */
    static boolean isPending(int status, CaptureOptions options) {
        return status == ACCEPTED && !options.success().names(ACCEPTED);
    }

    static Settlement applied(Sent sent, Item item, String action, Content after) {
        return applied(
                sent,
                item,
                action,
                sent.before(),
                after,
                sent.turn().order(),
                Change.Outcome.CONFIRMED,
                reason(sent.before(), after));
    }

    /** Something was written, and nobody says which items. */
    private static Settlement unsplit(Sent sent, Item collection) {
        return applied(
                sent,
                collection,
                "updated",
                sent.before(),
                Content.unknown("no-items"),
                sent.turn().order(),
                Change.Outcome.UNKNOWN,
                "no-items");
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
