package io.eventful.bench;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Makes a ledger long: changes of many items, and calls that a crash has left open. */
final class LongLedgerFill {

    /** Changes of each item. */
    static final int REVISIONS = 20;

    /** One of so many changes has an unknown outcome. */
    static final int UNKNOWN = 10_000;

    /** Of so many open calls one was not applied. */
    static final int NOT_APPLIED = 10;

    /** What the system behind says of each item. */
    static final String NOW = "{\"name\":\"Ada Lovelace\",\"active\":true,\"score\":17.50,\"n\":2}";

    private static final String OTHER = "{\"name\":\"Ada Lovelace\",\"active\":true,\"score\":17.50,\"n\":1}";
    private static final int PENDING = 2_000;

    private final Ledger ledger;
    private final Clock clock = Clock.systemUTC();
    private final Semaphore pending = new Semaphore(PENDING);

    LongLedgerFill(Ledger ledger) {
        this.ledger = ledger;
    }

    void changes(int count) throws InterruptedException {
        int items = Math.max(1, count / REVISIONS);
        for (int number = 0; number < count; number++) {
            Item item = item("/orders/" + number % items);
            Image after = known("{\"note\":\"" + "x".repeat(150) + "\",\"n\":" + number + "}");
            boolean unknown = number % UNKNOWN == UNKNOWN - 1;
            Settlement.Applied applied = new Settlement.Applied(
                    unknown ? Change.Outcome.UNKNOWN : Change.Outcome.CONFIRMED,
                    item,
                    "updated",
                    new Image.Unknown("not-asked"),
                    after,
                    Change.Order.LANE,
                    null,
                    unknown ? "not-seen" : null);
            await(ledger.append(draft(item, "order" + number % 7, new Image.Unknown("not-asked"), after), applied));
        }
        pending.acquire(PENDING);
        pending.release(PENDING);
    }

    void openCalls(int count) throws InterruptedException {
        for (int number = 0; number < count; number++) {
            boolean applied = number % NOT_APPLIED != 0;
            Image before = known(applied ? OTHER : NOW);
            Image expected = known(applied ? NOW : OTHER);
            await(ledger.open(draft(item("/customers/" + number), "customer", before, expected)));
        }
        pending.acquire(PENDING);
        pending.release(PENDING);
    }

    private void await(CompletableFuture<?> write) throws InterruptedException {
        pending.acquire();
        write.whenComplete((done, failure) -> {
            if (failure != null) failure.printStackTrace();
            pending.release();
        });
    }

    private static Item item(String subject) {
        return new Item("/upstreams/default", "", subject);
    }

    private static Image known(String json) {
        return new Image.Known(Json.parse(json));
    }

    private IntentDraft draft(Item item, String resource, Image before, Image expected) {
        return new IntentDraft(
                item,
                resource,
                "updated",
                clock.instant(),
                "default",
                before,
                expected,
                new RequestRecord("PUT", item.subject(), Map.of(), 60, "sha-256:00"),
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null);
    }
}
