package io.eventful.delivery;

import io.eventful.delivery.Recorder.Waiting;
import io.eventful.event.Event;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Sends each event at once to every subscription that can take it now, and records it for the others. What is still
 * running or queued at the hand-off is recorded, so no sink makes the channel wait longer, and goes on from memory.
 */
final class Deliverer implements FanOut {

    private final Subscriptions subscriptions;
    private final Lanes lanes;
    private final Recent recent;
    private final Recorder recorder;
    private final Landing landing;
    private final Retries retries;
    private final Replayer replayer;
    private final Clock clock;
    private final HandOffs handOffs;
    private final Duration firstDelay;

    Deliverer(Core core, Landing landing, Retries retries, Replayer replayer, DeliverySettings settings) {
        this.subscriptions = core.subscriptions();
        this.lanes = core.lanes();
        this.recent = core.recent();
        this.recorder = core.recorder();
        this.clock = core.clock();
        this.handOffs = new HandOffs(core.clock(), core.scheduler(), settings.handoff(), landing::overdue);
        this.landing = landing;
        this.retries = retries;
        this.replayer = replayer;
        this.firstDelay = settings.retrySchedule().getFirst();
    }

    @Override
    public CompletionStage<Void> deliver(String channel, Event event) {
        List<Subscription> wanted = subscriptions.matching(channel, event);
        if (wanted.isEmpty()) return CompletableFuture.completedFuture(null);
        return deliver(channel, event, wanted);
    }

    private CompletableFuture<Void> deliver(String channel, Event event, List<Subscription> wanted) {
        Instant now = clock.instant();
        List<CompletableFuture<?>> stages = new ArrayList<>();
        List<Flight> flights = new ArrayList<>();
        List<Flight> queued = new ArrayList<>();
        EventForm form = new EventForm(event);
        List<Waiting> waiting = new ArrayList<>();
        List<Late> later = new ArrayList<>();
        for (Subscription subscription : wanted) {
            if (predates(event, subscription)) continue;
            Delivery delivery = Delivery.of(subscription, channel, event, lanes.place(), null, now);
            CompletableFuture<Void> settled = new CompletableFuture<>();
            CompletableFuture<Void> running = lanes.admitting().putIfAbsent(delivery.id(), settled);
            if (running != null) {
                stages.add(running);
                continue;
            }
            CompletableFuture<Void> ended =
                    settled.whenComplete((ignored, failure) -> lanes.admitting().remove(delivery.id()));
            Lane lane = lanes.of(subscription);
            if (subscriptions.find(subscription.id()).isEmpty()) {
                // It was deleted since it matched, so nobody else would end the lane.
                lanes.remove(subscription.id());
                settled.complete(null);
                continue;
            }
            // During a catch-up the delivery counts against maxevents only when the catch-up reaches it: the events
            // before it count first.
            boolean behind = lane.catchingUp();
            if (recent.knows(delivery.id()) || !behind && !subscriptions.take(subscription)) {
                settled.complete(null);
                continue;
            }
            boolean counted = !behind && subscription.request().config().maxEvents() > 0;
            stages.add(counted ? countedBack(subscription, ended) : ended);
            switch (behind ? Admission.CATCH_UP : admit(lane, delivery, event, now)) {
                case DIRECT -> flights.add(new Flight(lane, delivery, form, settled));
                case QUEUE -> queued.add(new Flight(lane, delivery, form, settled));
                case RECORD -> waiting.add(new Waiting(lane, delivery, settled));
                case CATCH_UP -> later.add(new Late(subscription, delivery, settled));
            }
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(stages.toArray(CompletableFuture[]::new));
        // What can go at once goes first.
        fly(flights, queued, all);
        if (!waiting.isEmpty()) record(channel, form, waiting, now);
        if (!later.isEmpty()) catchUp(channel, form, later);
        return all;
    }

    /**
     * What is neither sent nor recorded is counted back before its channel hears of it: it comes again, and is counted
     * then.
     */
    private CompletableFuture<Void> countedBack(Subscription subscription, CompletableFuture<Void> settled) {
        return settled.whenComplete((ignored, failure) -> {
            if (failure != null) subscriptions.giveBack(subscription);
        });
    }

    private record Late(Subscription subscription, Delivery delivery, CompletableFuture<Void> settled) {}

    /** An event from before the subscription began; one without a position cannot be told apart. */
    private static boolean predates(Event event, Subscription subscription) {
        return event.position() > 0 && event.position() <= subscription.startPosition();
    }

    private Admission admit(Lane lane, Delivery delivery, Event event, Instant now) {
        if (firstDelay.isZero() || lane.catchingUp()) return lane.admit(delivery, event.data().length, now);
        lane.waiting(delivery);
        return Admission.RECORD;
    }

    private void record(String channel, EventForm form, List<Waiting> waiting, Instant now) {
        recorder.record(channel, form, waiting, now.plus(firstDelay)).whenComplete((recorded, failure) -> {
            // They were counted when they were recorded first.
            if (failure == null)
                recorded.known()
                        .forEach(one -> subscriptions.giveBack(one.lane().subscription()));
            for (Waiting one : waiting) {
                if (failure == null) one.settled().complete(null);
                else one.settled().completeExceptionally(failure);
            }
            if (failure == null) recorded.ready().forEach(retries::pump);
        });
    }

    private void fly(List<Flight> flights, List<Flight> queued, CompletableFuture<Void> all) {
        if (flights.isEmpty() && queued.isEmpty()) return;
        flights.forEach(landing::launch);
        queued.forEach(landing::enqueue);
        List<Flight> watched = new ArrayList<>(flights.size() + queued.size());
        for (Flight flight : flights) watch(flight, watched);
        for (Flight flight : queued) watch(flight, watched);
        if (!watched.isEmpty() && !all.isDone()) handOffs.watch(watched, all);
    }

    /**
     * A subscription whose attempts lately outlast the hand-off is not waited for: its delivery is recorded at once.
     */
    private void watch(Flight flight, List<Flight> watched) {
        if (flight.lane().lateness().prevails()) landing.handOff(flight);
        else watched.add(flight);
    }

    /**
     * Extends the catch-up, so that it covers this event as well. If the catch-up has ended in the meantime, the event
     * is delivered the usual way.
     */
    private void catchUp(String channel, EventForm form, List<Late> later) {
        for (Late late : later)
            recorder.keep(channel, form)
                    .thenCompose(kept -> replayer.extend(late.subscription(), kept))
                    .whenComplete((extended, failure) -> {
                        if (failure != null) late.settled().completeExceptionally(failure);
                        else if (extended == Replayer.Extended.RUNNING)
                            late.settled().complete(null);
                        else again(channel, form, late);
                    });
    }

    private void again(String channel, EventForm form, Late late) {
        // The catch-up may have come to it before it ended.
        if (recent.knows(late.delivery().id()) || !subscriptions.take(late.subscription())) {
            late.settled().complete(null);
            return;
        }
        Instant now = clock.instant();
        Lane lane = lanes.of(late.subscription());
        // The catch-up has given places to earlier events since, so this one goes behind them.
        Delivery delivery = late.delivery().at(lanes.place());
        CompletableFuture<Void> settled = new CompletableFuture<>();
        Flight flight = new Flight(lane, delivery, form, settled);
        switch (admit(lane, delivery, form.event(), now)) {
            case DIRECT -> fly(List.of(flight), List.of(), settled);
            case QUEUE -> fly(List.of(), List.of(flight), settled);
            case RECORD -> record(channel, form, List.of(new Waiting(lane, delivery, settled)), now);
            case CATCH_UP -> {
                // The catch-up counts it when it comes to it.
                subscriptions.giveBack(late.subscription());
                catchUp(channel, form, List.of(late));
                return;
            }
        }
        countedBack(late.subscription(), settled).whenComplete((done, failure) -> {
            if (failure == null) late.settled().complete(null);
            else late.settled().completeExceptionally(failure);
        });
    }
}
