package io.eventful.receive;

import io.eventful.event.Item;
import java.util.concurrent.locks.ReentrantLock;

/** One receipt at a time for each item whose last state the next one is compared with. */
final class Lanes {

    private final ReentrantLock[] lanes = new ReentrantLock[1024];

    Lanes() {
        for (int i = 0; i < lanes.length; i++) lanes[i] = new ReentrantLock();
    }

    /** The lane of an item; different items may share one. */
    ReentrantLock of(Item item) {
        return lanes[Math.floorMod(item.hashCode(), lanes.length)];
    }
}
