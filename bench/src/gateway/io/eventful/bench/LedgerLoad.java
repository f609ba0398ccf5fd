package io.eventful.bench;

import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.RequestRecord;
import io.eventful.event.ResponseRecord;
import io.eventful.ledger.Intent;
import io.eventful.ledger.IntentDraft;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Settlement;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Load on a ledger: creates of new items of 1 KB, as a captured POST makes them. */
final class LedgerLoad {

    private static final int WAITING = 1024;
    private static final Image ABSENT = new Image.Absent();

    private final Ledger ledger;
    private final Clock clock = Clock.systemUTC();
    private final AtomicLong numbers = new AtomicLong();
    private final byte[] body = json();

    LedgerLoad(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * What a closed loop showed.
     *
     * @param perSecond how often its call was made
     * @param cpuMicros processor time of the whole process for each, the making of the change included
     */
    record Rate(double perSecond, double cpuMicros) {}

    /** Writers that append one change after the other, each waiting until its own is durable. */
    Rate appends(int writers, int seconds) throws InterruptedException {
        return closedLoop(writers, seconds, () -> {
            Item item = item();
            ledger.append(draft(item), applied(item)).join();
        });
    }

    /** The same for the two durable steps of a captured call. */
    Rate calls(int writers, int seconds) throws InterruptedException {
        return closedLoop(writers, seconds, () -> {
            Item item = item();
            Intent intent = ledger.open(draft(item)).join();
            ledger.settle(intent, applied(item)).join();
        });
    }

    /** The same for webhooks received, each with a delivery id of its own. */
    Rate receipts(int writers, int seconds) throws InterruptedException {
        return closedLoop(writers, seconds, () -> {
            Item item = item();
            ledger.appendOnce(draft(item), applied(item), item.subject()).join();
        });
    }

    /** So many changes, as fast as the ledger takes them, for somebody to read later. */
    void fill(int count) throws InterruptedException {
        Semaphore room = new Semaphore(WAITING);
        for (int i = 0; i < count; i++) {
            Item item = item();
            room.acquire();
            ledger.append(draft(item), applied(item)).whenComplete((change, failure) -> room.release());
        }
        room.acquire(WAITING);
    }

    private Rate closedLoop(int writers, int seconds, Runnable call) throws InterruptedException {
        AtomicLong done = new AtomicLong();
        Duration used = cpu();
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> threads = IntStream.range(0, writers)
                .mapToObj(number -> Thread.ofVirtual().start(() -> {
                    while (System.nanoTime() < end) {
                        call.run();
                        done.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread thread : threads) thread.join();
        double time = (System.nanoTime() - start) / 1e9;
        return new Rate(done.get() / time, cpu().minus(used).toNanos() / 1e3 / done.get());
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Appends that arrive at a fixed rate, whatever they take; times from their due moments. */
    Times arrivals(int perSecond, int seconds) throws InterruptedException {
        return FixedRate.run(perSecond, seconds, () -> {
            Item item = item();
            return ledger.append(draft(item), applied(item));
        });
    }

    private static byte[] json() {
        String start = "{\"name\":\"Ada"
                + " Lovelace\",\"active\":true,\"score\":17.50,\"address\":{\"city\":\"London\"},\"note\":\"";
        return (start + "x".repeat(1024 - start.length() - 2) + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private Item item() {
        return new Item("/upstreams/default", "", "/customers/" + numbers.incrementAndGet());
    }

    private IntentDraft draft(Item item) {
        RequestRecord request = new RequestRecord("POST", "/customers", Map.of(), body.length, Json.digest(body));
        return new IntentDraft(
                item,
                "customer",
                "created",
                clock.instant(),
                "default",
                ABSENT,
                new Image.Known(Json.parse(body)),
                request,
                Change.Order.LANE,
                Change.Guarantee.INTENT,
                null,
                null);
    }

    private Settlement.Applied applied(Item item) {
        return new Settlement.Applied(
                Change.Outcome.CONFIRMED,
                item,
                "created",
                ABSENT,
                new Image.Known(Json.parse(body)),
                Change.Order.LANE,
                new ResponseRecord(201, Map.of(), body.length, Json.digest(body)),
                null);
    }
}
