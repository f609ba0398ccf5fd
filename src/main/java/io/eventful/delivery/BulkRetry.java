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
 * Queues ended or failed deliveries for another attempt; many of them in chunks, so that no other write of the store
 * waits long. What was queued before an interruption stays queued.
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

    private record Candidate(Delivery delivery, Lane lane) {}

    /**
     * Queues deliveries, but for those on their way and those whose subscription is gone. Blocks on the store.
     *
     * @return how many are queued
     */
    int queue(List<Found> found) {
        List<Candidate> candidates = new ArrayList<>();
        for (Found one : found) {
            Delivery delivery = one.delivery();
            if (core.lanes().flying().containsKey(delivery.id())) continue;
            core.lanes().find(delivery.subscription()).ifPresent(lane -> candidates.add(new Candidate(delivery, lane)));
        }
        if (candidates.isEmpty()) return 0;
        // Each takes its line before its row can be claimed: who ends it gives the line back, at once if need be.
        for (Candidate one : candidates) one.lane().waiting(one.delivery());
        Set<String> revived = revive(candidates);
        candidates.stream()
                .filter(one -> !revived.contains(one.delivery().id()))
                .forEach(one -> one.lane().ended(one.delivery()));
        candidates.stream().map(Candidate::lane).distinct().forEach(lane -> {
            lane.backlog().recorded(1);
            retries.pump(lane);
        });
        return candidates.size();
    }

    /** Makes them due. Returns the ids of those that were dead; the others had their line already. */
    private Set<String> revive(List<Candidate> candidates) {
        try {
            return core.database().writeAndWait(connection -> {
                Set<String> living = new HashSet<>();
                for (Candidate one : candidates)
                    Revival.queue(connection, one.delivery().id(), core.clock().instant())
                            .map(Delivery::id)
                            .ifPresent(living::add);
                return living;
            });
        } catch (RuntimeException refused) {
            for (Candidate one : candidates) one.lane().ended(one.delivery());
            throw refused;
        }
    }
}
