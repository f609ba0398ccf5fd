package io.eventful.channel;

import org.jspecify.annotations.Nullable;

/** How durable queues and consumer groups are named at a broker, where names are shared by all destinations. */
final class QueueNames {

    /** Ends the name of a dead-letter destination. */
    static final String DEAD = ".dead";

    /** Stands for the consumer where only the destination is asked for. */
    static final String NOBODY = "";

    private static final String PREFIX = "eventful.";

    private QueueNames() {}

    static String of(String destination, String consumer) {
        return PREFIX + consumer + "@" + destination;
    }

    /** The consumer that a queue of a destination belongs to; null when it is not one of the gateway's. */
    static @Nullable String consumer(String destination, String queue) {
        String end = "@" + destination;
        if (!queue.startsWith(PREFIX) || !queue.endsWith(end) || queue.length() <= PREFIX.length() + end.length())
            return null;
        return queue.substring(PREFIX.length(), queue.length() - end.length());
    }

    static String dead(String destination) {
        return destination + DEAD;
    }
}
