package io.eventful.delivery;

import io.eventful.delivery.Deliveries.Selection;
import io.eventful.delivery.Revival.Found;
import io.eventful.event.LogFacts;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues many ended or failed deliveries for another attempt, in chunks so that no other write of the store waits
 * long. What was queued before an interruption stays queued.
 */
final class BulkRetry {

    private static final Logger LOG = LoggerFactory.getLogger(BulkRetry.class);
    private static final int CHUNK = 200;

    private final Core core;
    private final Retries retries;

    BulkRetry(Core core, Retries retries) {
        this.core = core;
        this.retries = retries;
    }

    /** Queues the deliveries that are selected, and returns how many those are. Blocks on the store. */
    long run(Selection wanted) {
        long head = core.database().read(connection -> {
            try (PreparedStatement query = connection.prepareStatement("SELECT MAX(ordinal) FROM delivery");
                    ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0L;
            }
        });
        long queued = 0;
        long after = 0;
        while (true) {
            long from = after;
            List<Found> found =
                    core.database().read(connection -> Revival.select(connection, wanted, from, head, CHUNK));
            queued += queue(found);
            if (found.size() < CHUNK) break;
            after = found.getLast().ordinal();
        }
        LOG.info(
                "delivery.retried {}",
                LogFacts.of("subscription", wanted.subscription(), "state", wanted.state(), "queued", queued));
        return queued;
    }

    private long queue(List<Found> found) {
        List<Found> possible = found.stream()
                .filter(one -> core.lanes().find(one.subscription()).isPresent())
                .filter(one -> !core.lanes().flying().containsKey(one.id()))
                .toList();
        if (possible.isEmpty()) return 0;
        List<Delivery> revived = core.database()
                .write(connection -> {
                    List<Delivery> living = new ArrayList<>();
                    for (Found one : possible)
                        Revival.queue(connection, one.id(), core.clock().instant())
                                .ifPresent(living::add);
                    return living;
                })
                .join();
        for (Delivery one : revived) core.lanes().find(one.subscription()).ifPresent(lane -> lane.waiting(one));
        Set<String> subscriptions = new HashSet<>();
        possible.forEach(one -> subscriptions.add(one.subscription()));
        for (String subscription : subscriptions)
            core.lanes().find(subscription).ifPresent(lane -> {
                lane.backlog().recorded(1);
                retries.pump(lane);
            });
        return possible.size();
    }
}
