package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Fields;
import io.eventful.event.Item;
import io.eventful.event.JsonPointers;
import io.eventful.ledger.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the items in a 207 of which no route says where it has them: in the one array of objects that it is or has, each
 * with its status and, where it was done, its id. Such a reply may also be about something else than items of the
 * collection, so the first one that was done must be seen at its address.
 */
final class MultiStatus {

    private static final Logger log = LoggerFactory.getLogger(MultiStatus.class);

    private static final String STATUS = "/status";

    /** Places of which it is remembered that they were told; of more, some are told again. */
    private static final int PLACES = 1_000;

    private final Batch batch;
    private final AfterImages images;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashSet<String> told = new LinkedHashSet<>();

    MultiStatus(Batch batch, AfterImages images) {
        this.batch = batch;
        this.images = images;
    }

    /** What was found in a reply. */
    sealed interface Found {

        /** The elements can be told apart: their changes, or that none was done. */
        record Items(Settlement settlement) implements Found {}

        /** They cannot. */
        record Untold(String reason) implements Found {}

        /** The reply is none of several statuses, or its route says where it has its items. */
        record Single() implements Found {}
    }

    Found find(Sent sent, Item collection, Fields caller) throws InterruptedException {
        if (sent.status() != Batch.MULTI_STATUS || sent.options().items() != null) return new Found.Single();
        JsonNode reply = sent.reply().json();
        if (reply == null) return new Found.Untold("the response is not JSON");
        if (!sent.options().redact().isEmpty()) return new Found.Untold("redact holds for items in a known place only");
        Optional<String> pointer = array(reply);
        if (pointer.isEmpty()) return new Found.Untold("the response is not one array of objects, nor has it just one");
        CaptureOptions options = sent.options().splitting(pointer.get(), STATUS);
        for (JsonNode element : JsonPointers.at(reply, pointer.get()).orElse(reply))
            if (Batch.status(element, options).isEmpty())
                return new Found.Untold("an element has no status at " + STATUS);
        Optional<Settlement> split = batch.split(sent.with(options), collection);
        if (!(split.orElse(null) instanceof Settlement.Several(List<Settlement.Applied> changes, String unused)))
            return new Found.Items(split.orElseGet(() -> new Settlement.Refuted("no-item-done")));
        if (changes.stream().anyMatch(change -> change.item().equals(collection)))
            return new Found.Untold(
                    "an element that was done has no id at " + sent.options().id());
        Item first = changes.getFirst().item();
        if (!images.isSeen(sent, first, caller)) return new Found.Untold("there is no item at " + first.subject());
        return new Found.Items(
                new Settlement.Several(changes, Batch.causation(sent.begun(), sent.head(), sent.requestDigest())));
    }

    /** Pointer to the one array of objects in a reply. */
    private static Optional<String> array(JsonNode reply) {
        if (isOfObjects(reply)) return Optional.of("");
        List<String> arrays = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : reply.properties())
            if (isOfObjects(member.getValue())) arrays.add(JsonPointers.child("", member.getKey()));
        return arrays.size() == 1 ? Optional.of(arrays.getFirst()) : Optional.empty();
    }

    private static boolean isOfObjects(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) return false;
        for (JsonNode element : node) if (!element.isObject()) return false;
        return true;
    }

    /** Says, once for a route and a path, that the changes of such calls are not told. */
    void tell(Sent sent, Item collection, String reason) {
        String route = sent.plan().routes().getFirst();
        if (isTold(route + ' ' + collection.subject())) return;
        log.warn(
                "capture.multi-status-not-told route={} path={} reason=\"{}\" then=\"set items, itemStatus and id of a"
                        + " capture: route for this path\"",
                route,
                collection.subject(),
                reason);
    }

    private boolean isTold(String place) {
        lock.lock();
        try {
            if (!told.add(place)) return true;
            if (told.size() > PLACES) told.removeFirst();
            return false;
        } finally {
            lock.unlock();
        }
    }
}
