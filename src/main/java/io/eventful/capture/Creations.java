package io.eventful.capture;

import io.eventful.edge.Fields;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Subjects;
import io.eventful.ledger.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Finds the item that a POST on a collection has made. */
final class Creations {

    private static final int CREATED = 201;

    private final AfterImages images;
    private final BeforeImages befores;
    private final Supplier<CaptureTable> table;

    Creations(AfterImages images, BeforeImages befores, Supplier<CaptureTable> table) {
        this.images = images;
        this.befores = befores;
        this.table = table;
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
        Optional<Located> found = located(sent, collection.subject());
        if (found.isPresent()) {
            Sent own = found.get().sent();
            Item item = item(found.get());
            String target = own.plan().withScope(found.get().item().target(), own.head());
            return made ? made(own, item, images.find(own, item, target, caller)) : answered(own, item, target, caller);
        }
        if (!made) return refuted(sent);
        if (anywhere) return new Settlement.Refuted("no-item");
        return Outcomes.applied(
                sent,
                collection,
                EventType.CREATED,
                sent.before(),
                AfterImages.unnamed(sent),
                sent.turn().order(),
                Change.Outcome.UNKNOWN,
                "no-id");
    }

    /**
     * The item that a call has made, and the call as the plan of that item would have captured it.
     *
     * @param collection canonical path that was posted to
     */
    Optional<Located> located(Sent sent, String collection) {
        if (!mayCreate(sent.plan(), sent.status())) return Optional.empty();
        List<String> locations = images.paths(sent, "location");
        return NewItem.find(sent.plan(), collection, locations, sent.reply().json())
                .or(() -> around(sent, collection, locations))
                .map(item -> new Located(
                        item,
                        table.get()
                                .owner(sent.plan(), item.subject())
                                .map(sent::under)
                                .orElse(sent)));
    }

    static Item item(Located found) {
        return found.sent().plan().item(found.item().subject(), found.sent().head());
    }

    /** Of a 201, the item within which its {@code Location} is, unless that is an item of another route. */
    private Optional<NewItem> around(Sent sent, String collection, List<String> locations) {
        boolean another = locations.stream()
                .flatMap(path -> table.get().owner(sent.plan(), Subjects.normalise(path)).stream())
                .anyMatch(owner -> !isAnywhere(owner));
        return another || sent.status() != CREATED
                ? Optional.empty()
                : NewItem.around(sent.plan(), collection, locations);
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
        return Outcomes.several(
                Outcomes.made(sent, item, last, after, sent.turn().order()));
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
        if (!(last.image() instanceof Image.Known)) return Outcomes.applied(sent, item, EventType.CREATED, after);
        return Outcomes.applied(
                sent,
                item,
                EventType.UPDATED,
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
