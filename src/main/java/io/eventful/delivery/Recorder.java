package io.eventful.delivery;

import io.eventful.delivery.Rows.Inserted;
import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import io.eventful.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Records deliveries that wait, so that their event may be acknowledged. The payload is not copied: it is read again
 * from the publications, where a stranger's event is kept first.
 */
final class Recorder {

    private final Database database;
    private final Publications publications;
    private final Recent recent;
    private final Clock clock;
    private final Executor blocking;

    Recorder(Database database, Publications publications, Recent recent, Clock clock, Executor blocking) {
        this.database = database;
        this.publications = publications;
        this.recent = recent;
        this.clock = clock;
        this.blocking = blocking;
    }

    /**
     * A delivery to record; its lane has admitted it.
     *
     * @param settled to complete when it is recorded
     */
    record Waiting(Lane lane, Delivery delivery, CompletableFuture<Void> settled) {}

    /** Makes sure that the event can be read again. Completes with the sequence number of its publication. */
    CompletableFuture<Long> keep(String channel, EventForm form) {
        Event event = form.event();
        return form.kept(() -> {
            OptionalLong lately = publications.lately(channel, event.position(), event.source(), event.id());
            return lately.isPresent()
                    ? CompletableFuture.completedFuture(lately.getAsLong())
                    : CompletableFuture.supplyAsync(() -> found(channel, event).sequence(), blocking);
        });
    }

    private Publication found(String channel, Event event) {
        return publications
                .find(channel, event.position(), event.source(), event.id())
                .orElseGet(() -> publications.keep(channel, event));
    }

    /**
     * What has become of deliveries to record.
     *
     * @param ready lanes that have a new due delivery
     * @param known those that were recorded before
     */
    record Recorded(List<Lane> ready, List<Waiting> known) {}

    /**
     * Records deliveries of one event, each due at that time or behind those of its line. Completes when it is durable.
     */
    CompletableFuture<Recorded> record(String channel, EventForm form, List<Waiting> all, Instant due) {
        return keep(channel, form)
                .thenCompose(kept -> database.write(connection -> {
                    List<Lane> ready = new ArrayList<>();
                    List<Waiting> known = new ArrayList<>();
                    for (Waiting one : all) {
                        Delivery delivery = one.delivery();
                        // One of the line that is in flight without a row will release what queues behind it.
                        boolean behind = one.lane().flying(delivery.line()) || Rows.lineWaits(connection, delivery);
                        Instant now = clock.instant();
                        Standing standing =
                                Standing.waiting(behind ? null : due).unlessDeleted(one.lane(), now);
                        if (Rows.insert(connection, delivery, standing, now) == Inserted.KNOWN) known.add(one);
                        else if (!behind) ready.add(one.lane());
                    }
                    return new Recorded(ready, known);
                }))
                .handle((recorded, failure) -> {
                    List<Waiting> gone = failure == null ? recorded.known() : all;
                    gone.forEach(one -> one.lane().ended(one.delivery()));
                    if (failure != null) throw new CompletionException(failure);
                    all.forEach(one -> recent.add(one.delivery().id()));
                    recorded.ready().forEach(lane -> lane.backlog().recorded(1));
                    return recorded;
                });
    }

    /**
     * Records a delivery that has its line: one in flight is due when its claim ends, should its outcome never come;
     * one that has not begun is due now.
     */
    CompletableFuture<Void> recordFlight(Lane lane, EventForm form, Delivery delivery, Instant due) {
        return keep(delivery.channel(), form)
                .thenCompose(kept -> database.write(connection -> {
                    Instant now = clock.instant();
                    return Rows.insert(
                            connection, delivery, Standing.waiting(due).unlessDeleted(lane, now), now);
                }))
                .thenAccept(inserted -> {});
    }
}
