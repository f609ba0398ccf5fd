package io.eventful.receive;

import org.jspecify.annotations.Nullable;

/**
 * A kind of sender: how it proves who it is, and how it names what it tells.
 *
 * @param name before the event's name in types
 * @param verifier decides whether a request is genuine
 * @param reader reads a genuine one
 * @param success status of the answer when all of it is durable
 * @param challenge scheme named with a 401; null when the sender has nothing to do with HTTP authentication
 */
record Provider(
        String name,
        Verifier verifier,
        Reader reader,
        int success,
        @Nullable String challenge) {

    static final String CLOUDEVENTS = "cloudevents";

    /** Answered already, or to be: what senders of webhooks expect. */
    static final int OK = 200;

    /** CloudEvents HTTP webhook 1.0, section 2.2: taken, and not processed yet. */
    static final int ACCEPTED = 202;

    /** The OPTIONS handshake is part of CloudEvents only. */
    boolean consents() {
        return name.equals(CLOUDEVENTS);
    }
}
