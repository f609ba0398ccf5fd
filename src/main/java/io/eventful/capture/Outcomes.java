package io.eventful.capture;

import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import io.eventful.ledger.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides from the reply what a call has changed. */
final class Outcomes {

    private static final int ACCEPTED = 202;

    private final AfterImages images;
    private final Batch batch;
    private final MultiStatus multiStatus;
    private final Creations creations;

    /** @param table what is captured now, which tells whose an item is that was made elsewhere */
    Outcomes(AfterImages images, BeforeImages befores, Supplier<CaptureTable> table) {
        this.images = images;
        this.batch = new Batch(befores);
        this.multiStatus = new MultiStatus(batch, images);
        this.creations = new Creations(images, befores, table);
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
            case CREATE -> created(sent, item, caller);
            case BATCH -> batch.split(sent, item).orElseGet(() -> unsplit(sent, item));
            case COLLECTION -> applied(sent, item, write.action(), BeforeImages.COLLECTION);
            case DELETE -> applied(sent, item, write.action(), images.deleted(sent, item, write.target(), caller));
            case ACTION -> applied(sent, item, write.action(), images.find(sent, item, write.target(), caller));
            case PUT, PATCH -> {
                MultiStatus.Found found = multiStatus.find(sent, item, caller);
                if (found instanceof MultiStatus.Found.Items(Settlement items)) yield items;
                // What was seen to be there just now was not made, though some systems say so of each PUT.
                boolean made = (sent.status() == 201 && !sent.before().isSeen())
                        || sent.before().image() instanceof Image.Absent;
                String action = made ? EventType.CREATED : write.action();
                Content after = images.find(sent, item, write.target(), caller);
                if (made && sent.before().image() instanceof Image.Known)
                    yield several(
                            made(sent, item, sent.before(), after, sent.turn().order()));
                // A collection may look as before though its items do not.
                if (found instanceof MultiStatus.Found.Untold(String reason)
                        && Verdict.same(sent.before().image(), after.image())) multiStatus.tell(sent, item, reason);
                yield applied(sent, item, action, after);
            }
        };
    }

    /** The call as the route that has its item would have captured it: a create may make an item of another route. */
    Sent asOfItem(Sent sent) {
        if (sent.write().kind() != Write.Kind.CREATE
                || !sent.options().success().contains(sent.status())
                || isPending(sent.status(), sent.options())) return sent;
        return creations
                .located(sent, sent.write().subject())
                .map(Located::sent)
                .orElse(sent);
    }

    /** The item that a create has made, as far as its reply names it. */
    Optional<Item> made(Sent sent) {
        return creations.located(sent, sent.write().subject()).map(Creations::item);
    }

    private Settlement created(Sent sent, Item collection, Fields caller) throws InterruptedException {
        Optional<Settlement> several = batch.split(sent, collection);
        if (several.isPresent()) return several.get();
        MultiStatus.Found found = multiStatus.find(sent, collection, caller);
        if (found instanceof MultiStatus.Found.Items(Settlement items)) return items;
        Settlement single = creations.of(sent, collection, caller);
        if (!(single instanceof Settlement.Refuted)) return single;
        if (found instanceof MultiStatus.Found.Untold(String reason)) multiStatus.tell(sent, collection, reason);
        // Whatever it is answered, a call whose purpose is to write several has written some.
        boolean written =
                sent.plan().bulk() != null || sent.status() == Batch.MULTI_STATUS && !Creations.isAnywhere(sent.plan());
        return written ? unsplit(sent, collection) : single;
    }

    /** Accepted is not done (RFC 9110 §15.3.3), unless the route's {@code success} names that status by itself. */
    static boolean isPending(int status, CaptureOptions options) {
        return status == ACCEPTED && !options.success().names(ACCEPTED);
    }

    /**
     * An item that was made. What the ledger still has was gone, or it could not have been made: somebody has deleted it
     * behind the gateway, and that drift comes first.
     *
     * @param last the item as the ledger has it
     */
    static List<Settlement.Applied> made(Sent sent, Item item, Content last, Content after, Change.Order order) {
        // Some systems answer 201 again, and have made nothing; not where the call asked for that (RFC 9110 §13.1.2).
        boolean asked =
                sent.head().fields().first("if-none-match").filter("*"::equals).isPresent();
        boolean again = !asked && last.image() instanceof Image.Known && Verdict.same(last.image(), after.image());
        Content before = again ? last : Content.ABSENT;
        Settlement.Applied created = applied(
                sent, item, EventType.CREATED, before, after, order, Change.Outcome.CONFIRMED, reason(before, after));
        if (again || !(last.image() instanceof Image.Known)) return List.of(created);
        String note = last.note().isEmpty() ? null : last.note();
        return List.of(
                new Settlement.Applied(
                        Change.Outcome.CONFIRMED,
                        item,
                        EventType.DRIFTED,
                        last.image(),
                        new Image.Absent(),
                        order,
                        null,
                        note),
                created);
    }

    static Settlement several(List<Settlement.Applied> changes) {
        return changes.size() == 1 ? changes.getFirst() : new Settlement.Several(changes);
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
                sent.write().action(),
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
                tagged(sent, after),
                Documents.kept(sent.replyDigest(), sent.reply(), sent.fields(), sent.options()));
        // A Location may lead to another collection than the one that was posted to.
        boolean other = sent.write().kind() == Write.Kind.CREATE
                || !item.subject().equals(sent.write().subject());
        String resource =
                other && outcome == Change.Outcome.CONFIRMED ? sent.plan().resource(item.subject()) : null;
        return new Settlement.Applied(
                outcome, item, action, before.image(), after.image(), order, response, reason, request, resource);
    }

    /** The tag of a reply that is not the item, such as {@code {"ok":true}}, is none of the item's (RFC 9110 §8.8.3). */
    private static Fields tagged(Sent sent, Content after) {
        if (sent.fields().first("etag").isEmpty()) return sent.fields();
        boolean empty = sent.replyDigest().size() == 0;
        boolean itself = switch (sent.write().kind()) {
            case PUT, PATCH, CREATE -> empty || Verdict.same(sent.reply().image(), after.image());
            case DELETE, ACTION, BATCH, COLLECTION -> Verdict.same(sent.reply().image(), after.image());
        };
        return itself ? sent.fields() : sent.fields().without("etag");
    }

    /**
     * What the state lacks that the call has left, or else that the one before cannot be brought back. Why there is no
     * image at all, the image says.
     */
    static @Nullable String reason(Content before, Content after) {
        if (!after.note().isEmpty()) return after.note();
        return before.image().isRedacted() ? Content.REDACTED : null;
    }
}
