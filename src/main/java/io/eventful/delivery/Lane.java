package io.eventful.delivery;

import io.eventful.subscription.Status.State;
import io.eventful.subscription.Subscription;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known in memory of one subscription's deliveries: who waits, who is in flight, and what may start now. Holds
 * only deliveries that are sent without being read from the store, a bounded number. Thread-safe, never blocks.
 */
final class Lane {

    private final Slots slots;
    private final MemoryQueue queue;
    private final Lines lines;
    private final Set<String> direct = new HashSet<>();
    private final Waterline waterline = new Waterline();
    private final Gate gate;
    private final Backlog backlog = new Backlog();
    private final Lateness lateness;
    private final Turns turns = new Turns();
    private final Turns launches = new Turns();
    private Subscription subscription;
    private boolean catchingUp;
    private Instant used = Instant.MIN;

    /** The budgets, of attempts under way and of bytes that wait in memory, are those of all subscriptions together. */
    Lane(Subscription subscription, DeliverySettings settings, Budget budget, Budget memory) {
        DeliveryLimits limits = settings.limits();
        this.subscription = subscription;
        this.gate = new Gate(subscription, settings.breaker(), settings.longestDelay());
        this.slots = new Slots(limits.concurrencyPerEndpoint(), budget);
        this.queue = new MemoryQueue(limits.queuedPerSubscription(), memory, backlog);
        this.lateness = new Lateness(limits.concurrencyPerEndpoint());
        this.lines = new Lines(limits.waitingSubjects());
    }

    synchronized Admission admit(Delivery delivery, int body, Instant now) {
        used = now;
        // What the catch-up has not come to yet lies between: this one has not been seen before that.
        if (catchingUp) return Admission.CATCH_UP;
        waterline.seen(delivery.position());
        boolean wait =
                !active() || !gate.ready(now) || delivery.isOrdered() && lines.waits(delivery.line()) || queue.spills();
        boolean starts = !wait && queue.isEmpty() && slots.take(gate, backlog, now);
        if (wait || !starts && !queue.reserve(body)) {
            waiting(delivery);
            return Admission.RECORD;
        }
        if (delivery.isOrdered()) {
            lines.add(delivery.line(), 1);
            direct.add(delivery.line());
        }
        waterline.flies(delivery.position());
        return starts ? Admission.DIRECT : Admission.QUEUE;
    }

    synchronized void enqueue(Flight flight) {
        queue.add(flight);
    }

    /** The next queued delivery, when it may start now; its slot is taken. */
    synchronized @Nullable Flight next(Instant now) {
        Flight first = queue.first();
        if (first == null || first.stale(now) || !active() || !slots.take(gate, backlog, now)) return null;
        queue.remove(first);
        return first;
    }

    /** A queued delivery that leaves memory for the store, because its claim is about to end, or the gateway ends. */
    synchronized @Nullable Flight stale(Instant now) {
        Flight first = queue.first();
        return first != null && (first.stale(now) || deleted() || gate.ended()) && queue.remove(first) ? first : null;
    }

    /** Takes a delivery out of the queue, unless it may soon start. Returns whether it was there and is not sent. */
    synchronized boolean withdraw(Flight flight, Instant now) {
        return !(active() && gate.wide(now) && slots.anyTaken()) && withdraw(flight);
    }

    synchronized boolean withdraw(Flight flight) {
        return queue.remove(flight);
    }

    /** Takes the line of a delivery that goes to the store. */
    synchronized void waiting(Delivery delivery) {
        if (delivery.isOrdered()) lines.add(delivery.line(), 1);
    }

    /** Whether one of the line is in flight without a row, so that the store does not know of it. */
    synchronized boolean flying(String line) {
        return direct.contains(line);
    }

    /** A delivery that was sent without a row now has one, or will never have one. */
    synchronized void landed(Delivery delivery) {
        direct.remove(delivery.line());
        waterline.landed(delivery.position());
    }

    /** A delivery has ended. Returns whether others of its line wait. */
    synchronized boolean ended(Delivery delivery) {
        if (delivery.replay() == null) waterline.seen(delivery.position());
        if (!delivery.isOrdered()) return false;
        lines.remove(delivery.line());
        return lines.waits(delivery.line());
    }

    /** Takes slots for waiting deliveries: at most as many as rate, endpoint and the whole gateway allow now. */
    synchronized int reserve(Instant now) {
        if (!active() || gate.shut(now)) return 0;
        return slots.reserve(gate, now);
    }

    /** Gives back slots that were not used. */
    synchronized void unused(int count) {
        gate.giveBack(count);
        freed(count);
    }

    /** Gives back slots of attempts from the store. Returns whether due deliveries may wait for them. */
    synchronized boolean freed(int count) {
        slots.giveBack(count);
        return backlog.due() > 0;
    }

    /** Gives back the slot of a delivery from memory. Returns whether due deliveries may wait for it. */
    synchronized boolean freedFlight() {
        slots.giveBackFlight();
        return backlog.due() > 0;
    }

    /** Whether its attempts end quickly, and so what waits in memory soon gets a slot. */
    synchronized boolean moves(Instant now) {
        return !lateness.areAllOverdue(slots.taken()) && active() && gate.wide(now) && !lateness.prevails();
    }

    /** Whether it was given something since that time, has free slots, and nothing that waits for them. */
    synchronized boolean couldTakeMore(Instant since, Instant now) {
        return used.isAfter(since)
                && slots.anyFree()
                && queue.isEmpty()
                && backlog.due() == 0
                && active()
                && gate.wide(now)
                && !lateness.prevails();
    }

    /** Attempts are under way; their end asks for a turn. */
    synchronized boolean busy() {
        return slots.anyTaken();
    }

    /** What an outcome means for everything that is to start. */
    synchronized Breaker.Change outcome(Verdict verdict, Instant now) {
        return gate.outcome(verdict, now);
    }

    /** When something may start, if nothing may now. */
    synchronized Instant opens(Instant now) {
        return gate.opens(now);
    }

    /** Reads or changes what its gate knows. */
    synchronized <T extends @Nullable Object> T gate(Function<Gate, T> use) {
        return use.apply(gate);
    }

    synchronized Subscription subscription() {
        return subscription;
    }

    /** Takes the subscription's new form. Returns whether it was active until now. */
    synchronized boolean update(Subscription now) {
        boolean before = active();
        if (now.movedFrom(subscription)) gate.moved();
        subscription = now;
        gate.limits(now);
        if (!before && active()) gate.reset();
        return before;
    }

    synchronized boolean active() {
        return subscription.status().state() == State.ACTIVE;
    }

    synchronized boolean deleted() {
        return subscription.status().state() == State.DELETED;
    }

    synchronized void catchUp() {
        catchingUp = true;
    }

    synchronized void caughtUp() {
        catchingUp = false;
    }

    synchronized boolean catchingUp() {
        return catchingUp;
    }

    /** How far this lane has come, as far as memory knows. */
    Waterline waterline() {
        return waterline;
    }

    /** Sets how many may go per second while what was held is released; 0 for as many as else. */
    synchronized void release(int perSecond) {
        gate.release(perSecond, subscription);
    }

    /** What the store knew at the start. */
    synchronized void restore(Endpoints.Endpoint known) {
        gate.restore(known.pausedUntil(), known.failingSince());
        waterline.seen(known.position());
    }

    synchronized void restore(String line, int waiting) {
        lines.add(line, waiting);
    }

    /** What waits in the store. */
    Backlog backlog() {
        return backlog;
    }

    /** Whether its attempts take long. */
    Lateness lateness() {
        return lateness;
    }

    /** When its part of the store is looked at. */
    Turns turns() {
        return turns;
    }

    /** When its queue is looked at. */
    Turns launches() {
        return launches;
    }
}
