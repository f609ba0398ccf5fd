package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Digest;
import io.eventful.edge.RequestHead;
import io.eventful.event.AttributeText;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.JsonPointers;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes deliveries durable: each is a change in the ledger, once, however often the sender repeats it. */
final class Keeper {

    private static final int MAX_SUBJECT = 1_024;
    private static final int MAX_KEY = 512;

    private final Ledger ledger;
    private final Lanes lanes = new Lanes();
    private final Clock clock;
    private final Supplier<String> ids;

    /** @param ids names for deliveries of senders that give none */
    Keeper(Ledger ledger, Clock clock, Supplier<String> ids) {
        this.ledger = ledger;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Keeps a delivery. The future completes when it is durable, with the change, or empty when it was kept before. May
     * block on the store.
     *
     * @param wait how long an earlier receipt of the same item, or this one, is waited for
     */
    CompletableFuture<Optional<Change>> keep(
            Door door, Delivery delivery, RequestHead head, Digest digest, Duration wait) throws InterruptedException {
        String id = delivery.id().isEmpty() ? ids.get() : delivery.id();
        String own = door.source() + '/' + EventNames.segment(id);
        String pointed = subject(door.options().subject(), delivery.state());
        Item item = new Item(door.source(), "", pointed.isEmpty() ? own : pointed);
        String key = key(delivery.key().isEmpty() ? id : delivery.key());
        // Only an item that other deliveries are about, too, has a state before.
        boolean shared = !pointed.isEmpty() || !delivery.key().isEmpty();
        if (!shared) return append(door, item, delivery, head, digest, new Image.Absent(), key);
        long deadline = System.nanoTime() + wait.toNanos();
        ReentrantLock lane = lanes.of(item);
        if (!lane.tryLock(wait.toNanos(), TimeUnit.NANOSECONDS))
            return CompletableFuture.failedFuture(new TimeoutException("earlier receipts of the item are not durable"));
        try {
            Image before = ledger.latest(item).map(Change::after).orElseGet(Image.Absent::new);
            CompletableFuture<Optional<Change>> kept = append(door, item, delivery, head, digest, before, key);
            // The next one must see this one; its failure is its caller's to see.
            kept.<@Nullable Void>handle((change, failure) -> null)
                    .get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return kept;
        } catch (TimeoutException | ExecutionException e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            lane.unlock();
        }
    }

    private CompletableFuture<Optional<Change>> append(
            Door door, Item item, Delivery delivery, RequestHead head, Digest digest, Image before, String key) {
        IntentDraft draft = new IntentDraft(
                item,
                EventNames.resource(door.provider().name(), delivery.event()),
                EventType.RECEIVED,
                clock.instant(),
                "",
                before,
                null,
                ReceiptHead.of(head, digest),
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                head.fields().traceparent().orElse(null),
                null);
        Settlement.Applied applied = new Settlement.Applied(
                Change.Outcome.CONFIRMED,
                item,
                EventType.RECEIVED,
                before,
                new Image.Known(delivery.state()),
                Change.Order.LANE,
                null,
                null);
        return ledger.appendOnce(draft, applied, key);
    }

    /** What the pointer points to, when it can name something; empty otherwise. */
    private static String subject(String pointer, JsonNode state) {
        if (pointer.isEmpty()) return "";
        String text = JsonPointers.at(state, pointer)
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asText)
                .orElse("")
                .strip();
        boolean clean =
                text.length() <= MAX_SUBJECT && AttributeText.problem(text).isEmpty();
        return clean ? text : "";
    }

    private static String key(String text) {
        return text.length() <= MAX_KEY ? text : Json.digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
