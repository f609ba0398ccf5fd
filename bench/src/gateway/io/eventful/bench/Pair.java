package io.eventful.bench;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** A bare producer and consumer at a broker: what its own client does with messages of 1 KB, and nothing else. */
abstract class Pair implements AutoCloseable {

    /** As many as a route of the gateway has under way. */
    static final int WINDOW = 1024;

    static final byte[] BODY = new byte[1024];

    final Semaphore room = new Semaphore(WINDOW);
    final AtomicLong received = new AtomicLong();
    private volatile boolean ended;
    private Thread producer;

    /** Sends one durable message; releases {@link #room} when the broker has it. */
    abstract void send(long number) throws Exception;

    final void start() {
        producer = Thread.ofPlatform().daemon().name("bare-producer").start(this::produce);
    }

    private void produce() {
        try {
            for (long number = 0; !ended; number++) {
                room.acquire();
                send(number);
            }
        } catch (Exception e) {
            if (!ended) throw new IllegalStateException("the bare producer failed", e);
        }
    }

    final boolean ended() {
        return ended;
    }

    /** No more is sent. */
    final void end() throws InterruptedException {
        ended = true;
        producer.join();
    }
}
