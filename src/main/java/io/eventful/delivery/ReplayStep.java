package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.ReplayJobs.Job;
import io.eventful.delivery.ReplayJobs.Kind;
import io.eventful.delivery.Rows.Inserted;
import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.eventful.subscription.Filter;
import io.eventful.subscription.Filters;
import io.eventful.subscription.Subscription;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step of a replay: some publications become deliveries, together with the cursor, in one transaction. */
final class ReplayStep {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayStep.class);
    private static final int MOST = 200;
    /** How long a full window is left alone when nothing leaves it. */
    private static final Duration HELD_PAUSE = Duration.ofSeconds(1);

    private final Core core;
    private final Retries retries;
    private final int window;
    private final int rate;

    ReplayStep(Core core, Retries retries) {
        this.core = core;
        this.retries = retries;
        this.window = core.settings().limits().replayWindow();
        this.rate = core.settings().limits().replayRate();
    }

    private record Result(List<Delivery> known, boolean done) {}

    /** Makes a step. Returns how long to wait before the next one; empty when there is none. Blocks on the store. */
    Optional<Duration> run(String id, Duration pause) {
        Job job = core.database()
                .read(connection -> ReplayJobs.find(connection, id))
                .orElse(null);
        if (job == null || job.state() != Replay.State.RUNNING) return Optional.empty();
        Subscription subscription =
                core.subscriptions().find(job.subscription()).orElse(null);
        if (subscription == null) return cancel(job);
        int room = window - core.database().read(connection -> waiting(connection, job.subscription()));
        Lane lane = core.lanes().of(subscription);
        if (room <= 0) return Optional.of(lane.active() ? pause : HELD_PAUSE);
        List<Publication> publications = core.publications().after(job.cursor(), Math.min(MOST, room)).stream()
                .filter(publication -> publication.sequence() <= job.to())
                .toList();
        // Whatever is missing up to the end is not kept any more.
        long cursor = publications.isEmpty() ? job.to() : publications.getLast().sequence();
        int rate = job.wish().rate() == null
                ? this.rate
                : Math.min(this.rate, job.wish().rate());
        List<Delivery> deliveries = new ArrayList<>();
        // At most a tenth of a second's worth, so that a slow replay trickles.
        int handled = deliveries(job, subscription, publications, Math.max(1, rate / 10), deliveries);
        if (handled < publications.size())
            cursor = handled == 0 ? job.cursor() : publications.get(handled - 1).sequence();
        long reached = cursor;
        deliveries.forEach(lane::waiting);
        Result result = write(job, lane, deliveries, reached);
        unsent(job, lane, result.known());
        int made = deliveries.size() - result.known().size();
        if (made > 0) {
            remember(job, deliveries, result.known());
            lane.backlog().recorded(made);
            retries.pump(lane);
        }
        if (result.done()) {
            if (job.kind() == Kind.CATCH_UP) core.lanes().caughtUp(job.subscription());
            LOG.info("replay.done replay={} subscription={} kind={}", id, job.subscription(), job.kind());
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(1000L * deliveries.size() / rate));
    }

    /** Adds deliveries of what is wanted, up to a number of them. Returns how many publications that took. */
    private int deliveries(
            Job job, Subscription subscription, List<Publication> publications, int most, List<Delivery> deliveries) {
        JsonNode document = job.wish().filters();
        Filter filter = document == null ? event -> true : Filters.parse(document, "");
        ReplayRange range = ReplayRange.parse(job.wish().from(), job.wish().to());
        Instant now = core.clock().instant();
        int handled = 0;
        for (Publication publication : publications) {
            if (deliveries.size() == most) return handled;
            handled++;
            if (!range.covers(publication)
                    || !wanted(job, subscription, publication)
                    || !filter.matches(publication.event())) continue;
            Delivery delivery = Delivery.of(
                    subscription,
                    publication.channel(),
                    publication.event(),
                    core.lanes().place(),
                    job.mark(),
                    now);
            // A catch-up leaves out what was delivered when it was published, and what is over maxevents; a replay
            // sends both again.
            if (job.kind() == Kind.REPLAY
                    || !core.recent().knows(delivery.id())
                            && core.subscriptions().take(subscription)) deliveries.add(delivery);
        }
        return handled;
    }

    private boolean wanted(Job job, Subscription subscription, Publication publication) {
        Event event = publication.event();
        if (job.kind() == Kind.CATCH_UP && event.position() > 0 && event.position() <= subscription.startPosition())
            return false;
        if (!job.wish().types().isEmpty() && !job.wish().types().contains(event.type())) return false;
        if (job.wish().subject() != null && !job.wish().subject().equals(event.subject())) return false;
        return subscription.request().wants(publication.channel(), event);
    }

    private Result write(Job job, Lane lane, List<Delivery> deliveries, long cursor) {
        try {
            return core.database()
                    .write(connection -> {
                        Instant now = core.clock().instant();
                        // It was ended since it was read.
                        if (!ReplayJobs.runs(connection, job.id())) return new Result(deliveries, true);
                        List<Delivery> known = new ArrayList<>();
                        for (Delivery delivery : deliveries) {
                            boolean behind = lane.flying(delivery.line()) || Rows.lineWaits(connection, delivery);
                            Standing standing =
                                    Standing.waiting(behind ? null : now).unlessDeleted(lane, now);
                            if (Rows.insert(connection, delivery, standing, now) == Inserted.KNOWN) known.add(delivery);
                        }
                        long sent = deliveries.size() - known.size();
                        return new Result(known, ReplayJobs.advance(connection, job.id(), cursor, sent, now));
                    })
                    .join();
        } catch (RuntimeException failure) {
            unsent(job, lane, deliveries);
            throw failure;
        }
    }

    /** What a catch-up has recorded may still come through its channel. */
    private void remember(Job job, List<Delivery> deliveries, List<Delivery> known) {
        if (job.kind() != Kind.CATCH_UP) return;
        Set<Delivery> before = Set.copyOf(known);
        for (Delivery delivery : deliveries)
            if (!before.contains(delivery)) core.recent().add(delivery.id());
    }

    /** These were not recorded: a catch-up comes to them again, or they are on their way already. */
    private void unsent(Job job, Lane lane, List<Delivery> deliveries) {
        for (Delivery delivery : deliveries) {
            lane.ended(delivery);
            if (job.kind() == Kind.CATCH_UP) core.subscriptions().giveBack(lane.subscription());
        }
    }

    private Optional<Duration> cancel(Job job) {
        core.database()
                .write(connection -> {
                    ReplayJobs.cancel(
                            connection, job.subscription(), core.clock().instant());
                    return 0;
                })
                .join();
        return Optional.empty();
    }

    private int waiting(Connection connection, String subscription) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT COUNT(*) FROM (SELECT 1 FROM delivery WHERE"
                + " subscription = ? AND finished IS NULL LIMIT ?) AS counted")) {
            query.setString(1, subscription);
            query.setInt(2, window);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
