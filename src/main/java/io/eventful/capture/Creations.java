package io.eventful.capture;

import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.ledger.Settlement;
import java.util.List;
import java.util.Optional;

/** Finds the item that a POST on a collection has made. */
final class Creations {

    private static final int CREATED = 201;

    private final AfterImages images;
    private final BeforeImages befores;

    Creations(AfterImages images, BeforeImages befores) {
        this.images = images;
        this.befores = befores;
    }

    /** Whether a POST that was answered with a status that counts as done may have made an item. */
    static boolean mayCreate(CapturePlan plan, int status) {
        return status == CREATED || !isAnywhere(plan);
    }

    /**
     * What a successful POST has made.
     *
     * @param caller the caller's credentials, for a GET when one is needed
     */
    Settlement of(Sent sent, Item collection, Fields caller) throws InterruptedException {
        boolean made = sent.status() == CREATED;
        boolean anywhere = isAnywhere(sent.plan());
        if (!mayCreate(sent.plan(), sent.status())) return refuted(sent);
        Optional<NewItem> found = NewItem.find(
                sent.plan(),
                collection.subject(),
                images.paths(sent, "location"),
                sent.reply().json());
        if (found.isPresent()) {
            Item item = new Item(
                    collection.source(), collection.scope(), found.get().subject());
            String target = sent.plan().withScope(found.get().target(), sent.head());
            return made
                    ? made(sent, item, images.find(sent, item, target, caller))
                    : answered(sent, item, target, caller);
        }
        if (!made) return refuted(sent);
        if (anywhere) return new Settlement.Refuted("no-item");
        return Outcomes.applied(
                sent,
                collection,
                "created",
                sent.before(),
                AfterImages.unnamed(sent),
                sent.turn().order(),
                Change.Outcome.UNKNOWN,
                "no-id");
    }

    /**
     * Whether a template matches every path. Most POSTs there create nothing, so one whose reply names no item counts as
     * none.
     */
    static boolean isAnywhere(CapturePlan plan) {
        return plan.template().toString().endsWith("**");
    }

    private Settlement made(Sent sent, Item item, Content after) {
        Content last = befores.lastBefore(item, sent.begun());
        List<Settlement.Applied> changes =
                Outcomes.made(sent, item, last, after, sent.turn().order());
        return changes.size() == 1 ? changes.getFirst() : new Settlement.Several(changes);
    }

    /**
     * Many systems answer a create with 200 and the item, and some an upsert. But a reply with an id may be about
     * something else: then there is no such item.
     */
    private Settlement answered(Sent sent, Item item, String target, Fields caller) throws InterruptedException {
        Content after = switch (sent.options().after()) {
            case AUTO, FETCH -> images.seen(sent, item, target, caller);
            case RESPONSE -> sent.reply();
            case REQUEST -> images.find(sent, item, target, caller);
        };
        if (after.image() instanceof Image.Absent) return refuted(sent);
        Content last = befores.last(item);
        if (!(last.image() instanceof Image.Known)) return Outcomes.applied(sent, item, "created", after);
        return Outcomes.applied(
                sent,
                item,
                "updated",
                last,
                after,
                Change.Order.OBSERVED,
                Change.Outcome.CONFIRMED,
                Outcomes.reason(last, after));
    }

    private static Settlement refuted(Sent sent) {
        return new Settlement.Refuted("status-" + sent.status());
    }
}
