package io.eventful.capture;

import io.eventful.event.Item;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One lane for each item that is being written: its head may write, the others wait in the order in which they came. A
 * lane exists as long as somebody is in it.
 */
final class Lanes {

    /** A wait without an end. */
    static final Duration FOREVER = Duration.ofDays(36_500);

    private final ConcurrentHashMap<Item, Deque<Place>> lanes = new ConcurrentHashMap<>();
    private final OpenItems reserved = new OpenItems();
    /** How many write an item ahead of its lane. */
    private final ConcurrentHashMap<Item, Integer> ahead = new ConcurrentHashMap<>();

    /** Takes the last place in an item's lane; never blocks. Whoever takes a place must leave it. */
    Place queue(Item item) {
        Place place = new Place(item, Whose.CALLER);
        lanes.compute(item, (key, lane) -> {
            Deque<Place> places = lane == null ? new ArrayDeque<>(2) : lane;
            if (lane == null && reserved.has(item)) places.addLast(new Place(item, Whose.RESERVED));
            if (places.isEmpty()) place.begin();
            places.addLast(place);
            return places;
        });
        return place;
    }

    /**
     * Takes the head of an item's lane, before anybody else has a place in it, for one call more of an earlier run. It
     * costs little: until somebody queues there is no lane.
     */
    void reserve(Item item) {
        reserved.add(item);
    }

    /** One reservation less; after the last one the first who waits is let in. */
    void release(Item item) {
        lanes.compute(item, (key, lane) -> reserved.settled(item) ? withoutReservation(lane) : lane);
    }

    /** No reservation is left. */
    void releaseAll() {
        reserved.clear();
        for (Item item : lanes.keySet()) lanes.computeIfPresent(item, (key, lane) -> withoutReservation(lane));
    }

    private static @Nullable Deque<Place> withoutReservation(@Nullable Deque<Place> lane) {
        Place head = lane == null ? null : lane.peekFirst();
        if (lane == null || head == null || head.whose != Whose.RESERVED) return lane;
        lane.removeFirst();
        Place next = lane.peekFirst();
        if (next == null) return null;
        next.begin();
        return lane;
    }

    private enum Whose {
        CALLER,
        RESERVED
    }

    /** How many items have a lane now. */
    int size() {
        return lanes.size();
    }

    /** A place in a lane. */
    final class Place implements AutoCloseable {

        private final Item item;
        private final CountDownLatch turn = new CountDownLatch(1);

        private final Whose whose;
        private volatile boolean overtaken;
        private boolean overtaking;

        private Place(Item item, Whose whose) {
            this.item = item;
            this.whose = whose;
        }

        /**
         * Waits for the head of the lane. False when the time is over: then the place is lost, and nothing needs to be
         * left.
         */
        boolean await(Duration limit) throws InterruptedException {
            if (turn.await(limit.toNanos(), TimeUnit.NANOSECONDS)) return true;
            lanes.compute(item, (key, lane) -> {
                // Whoever became the head at the last moment stays it.
                if (lane == null || lane.peekFirst() == this) return lane;
                lane.remove(this);
                return lane;
            });
            return turn.getCount() == 0;
        }

        /** Whether it is the head, or becomes it in time; otherwise it keeps its place. */
        boolean isReached(Duration limit) throws InterruptedException {
            return turn.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        }

        /** It is the head now. */
        private void begin() {
            overtaken |= ahead.containsKey(item);
            turn.countDown();
        }

        /** Goes ahead of whoever is at the head, after it has waited in vain; to be left when it has written. */
        void overtake() {
            overtaking = true;
            lanes.compute(item, (key, lane) -> {
                ahead.merge(item, 1, Integer::sum);
                Place head = lane == null ? null : lane.peekFirst();
                if (head != null) head.overtaken = true;
                return lane;
            });
        }

        /** Whether somebody wrote the item while this place was the head of its lane, or may have. */
        boolean isOvertaken() {
            return overtaken;
        }

        /** Waits for the head of the lane as long as it takes. */
        void await() throws InterruptedException {
            turn.await();
        }

        /** Leaves the lane and lets the next one in; a second call does nothing. */
        @Override
        public void close() {
            if (overtaking) {
                overtaking = false;
                ahead.computeIfPresent(item, (key, count) -> count == 1 ? null : count - 1);
                return;
            }
            lanes.computeIfPresent(item, (key, lane) -> {
                boolean head = lane.peekFirst() == this;
                if (!lane.remove(this)) return lane;
                Place next = lane.peekFirst();
                if (next == null) return null;
                if (head) next.begin();
                return lane;
            });
        }
    }
}
