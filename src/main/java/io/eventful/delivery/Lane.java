package io.eventful.delivery;

import io.eventful.subscription.Status.State;
import io.eventful.subscription.Subscription;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known in memory of one subscription's deliveries: who waits, who is in flight, and what may start now.
 * Holds no delivery but those that wait for a slot until the hand-off; the store does. Thread-safe, never blocks.
 */
final class Lane {

    /** A lane queues at most so many times its slots in memory. */
    private static final int QUEUES = 4;

    private final Budget budget;
    private final int limit;
    private final Deque<Flight> queue = new ArrayDeque<>();
    private final Lines lines;
    private final Set<String> direct = new HashSet<>();
    private final Waterline waterline = new Waterline();
    private final Pace pace = new Pace();
    private final Turns turns = new Turns();
    private Subscription subscription;
    private Instant pausedUntil = Instant.EPOCH;
    private int inFlight;
    private long recorded;
    private boolean backlog;
    private boolean slow;
    private boolean catchingUp;

    Lane(Subscription subscription, DeliveryLimits limits, Budget budget) {
        this.subscription = subscription;
        this.budget = budget;
        this.limit = limits.concurrencyPerEndpoint();
        this.lines = new Lines(limits.waitingSubjects());
        pace.limits(subscription.request().config().rateLimit(), subscription.rateCeiling());
    }

    /** How a new delivery goes on. */
    enum Admission {
        /** It is sent now, without a row; slot and line are taken. */
        DIRECT,
        /** It waits in memory for a slot, until the hand-off; its line is taken. */
        QUEUE,
        /** It waits in the store; its line is taken. */
        RECORD,
        /** The running catch-up will come to it. */
        CATCH_UP
    }

    synchronized Admission admit(Delivery delivery, Instant now) {
        waterline.seen(delivery.position());
        if (catchingUp) return Admission.CATCH_UP;
        boolean wait = !active()
                || pausedUntil.isAfter(now)
                || slow
                || backlog
                || queue.size() >= limit * QUEUES
                || ordered(delivery) && lines.waits(delivery.line());
        if (wait || !pace.ready(now)) {
            waiting(delivery);
            return Admission.RECORD;
        }
        if (ordered(delivery)) {
            lines.add(delivery.line(), 1);
            direct.add(delivery.line());
        }
        waterline.flies(delivery.position());
        return start(now) ? Admission.DIRECT : Admission.QUEUE;
    }

    private boolean start(Instant now) {
        if (inFlight >= limit || budget.take(1) == 0) return false;
        if (pace.take(1, now) == 0) {
            budget.giveBack(1);
            return false;
        }
        inFlight++;
        return true;
    }

    synchronized void enqueue(Flight flight) {
        queue.add(flight);
    }

    /** The next queued delivery, when it may start now: its slot is taken. */
    synchronized @Nullable Flight next(Instant now) {
        if (queue.isEmpty() || !active() || pausedUntil.isAfter(now) || !start(now)) return null;
        return queue.poll();
    }

    /** Takes a delivery out of the queue. Returns whether it was there: it has not been sent. */
    synchronized boolean withdraw(Flight flight) {
        return queue.remove(flight);
    }

    /** Takes the line of a delivery that goes to the store. */
    synchronized void waiting(Delivery delivery) {
        if (ordered(delivery)) lines.add(delivery.line(), 1);
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
        if (!ordered(delivery)) return false;
        lines.remove(delivery.line());
        return lines.waits(delivery.line());
    }

    /** Takes slots for waiting deliveries: at most as many as rate, endpoint and the whole gateway allow now. */
    synchronized int reserve(Instant now) {
        if (!active() || pausedUntil.isAfter(now)) return 0;
        int free = limit - inFlight;
        // Claims cost a write each, so they are made for several at once.
        if (free <= 0 || inFlight > 0 && free < limit / 4) return 0;
        int granted = budget.take(free);
        int taken = pace.take(granted, now);
        budget.giveBack(granted - taken);
        inFlight += taken;
        return taken;
    }

    /** Gives back slots that were not used. */
    synchronized void unused(int count) {
        pace.giveBack(count);
        freed(count);
    }

    /** Gives back slots of attempts that have ended. Returns whether due deliveries may wait for them. */
    synchronized boolean freed(int count) {
        inFlight -= count;
        budget.giveBack(count);
        return backlog;
    }

    /** Attempts are under way, whose end will ask for a turn. */
    synchronized boolean busy() {
        return inFlight > 0;
    }

    /** Due deliveries were recorded: new ones queue behind them until those are claimed. */
    synchronized void recorded() {
        recorded++;
        backlog = true;
    }

    synchronized long recordings() {
        return recorded;
    }

    /** Everything due at that number of recordings is claimed. */
    synchronized void drained(long recordings) {
        if (recorded == recordings) backlog = false;
    }

    /** An attempt took longer than the hand-off: until a quick one, new deliveries do not make the channel wait. */
    synchronized void slow() {
        slow = true;
    }

    synchronized void quick() {
        slow = false;
    }

    synchronized void pauseUntil(Instant until) {
        if (until.isAfter(pausedUntil)) pausedUntil = until;
    }

    synchronized Instant pausedUntil() {
        return pausedUntil;
    }

    synchronized Instant paceNext() {
        return pace.next();
    }

    synchronized Subscription subscription() {
        return subscription;
    }

    /** Takes the subscription's new form. Returns whether it was active until now. */
    synchronized boolean update(Subscription now) {
        boolean before = active();
        subscription = now;
        pace.limits(now.request().config().rateLimit(), now.rateCeiling());
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

    /** What the store knew at the start. */
    synchronized void restore(Instant paused, long position) {
        pausedUntil = paused;
        waterline.seen(position);
    }

    synchronized void restore(String line, int waiting) {
        lines.add(line, waiting);
    }

    /** When this lane is looked at. */
    Turns turns() {
        return turns;
    }

    private static boolean ordered(Delivery delivery) {
        return !delivery.line().equals(delivery.id());
    }
}
