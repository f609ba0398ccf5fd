package io.eventful.bench;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Something that stands between the client and the system behind it. */
interface Candidate {

    /** Short name for the command line. */
    String name();

    /** What it is called in the report. */
    String title();

    /** Why it cannot take part; empty when it can. */
    String missing();

    /**
     * Starts it in front of an upstream.
     *
     * @param label unique name of this start, for its folder
     */
    Running start(Backend upstream, String label) throws IOException, InterruptedException;

    /** A started candidate. */
    interface Running extends AutoCloseable {

        URI url();

        /** Where it receives signed webhooks, if that is what is measured of it; empty when it stands before a system. */
        default Optional<URI> receives() {
            return Optional.empty();
        }

        /** Processor time it has used so far. */
        Duration processorTime();

        /** Webhooks that its well-behaved subscriber has got so far; empty when it captures nothing. */
        OptionalLong delivered() throws IOException;

        @Override
        void close() throws IOException;
    }
}
