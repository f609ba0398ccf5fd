package io.eventful.delivery;

import java.util.Map;
import java.util.Optional;

/** How an attempt ended. */
sealed interface Outcome {

    /** Where the time went. */
    Phases phases();

    /**
     * The head of a reply arrived within the deadline; where the body is asked for, all of it, or up to the limit.
     *
     * @param status HTTP status code
     * @param head header fields by lower-case name, repeated ones joined by a comma
     */
    record Answered(int status, Map<String, String> head, Phases phases) implements Outcome {
        Optional<String> header(String name) {
            return Optional.ofNullable(head.get(name));
        }
    }

    /**
     * No reply.
     *
     * @param reason {@code dns}, {@code connect}, {@code tls}, {@code timeout}, {@code reset},
     *     {@code forbidden-address}, {@code response-head}, {@code signature}, {@code credential}, …
     */
    record Failed(String reason, Phases phases) implements Outcome {}
}
