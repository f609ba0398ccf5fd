package io.eventful.channel;

import java.time.Duration;

/**
 * How long commits, and what a producer still has under way, are waited for. Consumers end one after the other: where the cluster has left a commit without an answer,
 * the others wait only as long as a cluster that is well needs. What is not committed comes again.
 */
final class KafkaPatience {

    static final Duration MOST = Duration.ofSeconds(5);
    static final Duration LEAST = Duration.ofMillis(200);

    private volatile Duration now = MOST;

    Duration now() {
        return now;
    }

    /** A commit was made. */
    void answered() {
        now = MOST;
    }

    /** The time of a commit was over. */
    void missed() {
        now = LEAST;
    }
}
