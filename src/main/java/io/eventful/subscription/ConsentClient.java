package io.eventful.subscription;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Sends the request of the consent handshake, under the same guard and limits as a delivery. */
@FunctionalInterface
public interface ConsentClient {

    /**
     * Sends {@code OPTIONS} to the exact target; never follows a redirect. Completes exceptionally when there is no
     * reply. Never blocks.
     *
     * @param headers to send
     */
    CompletionStage<Reply> options(URI target, Map<String, String> headers);

    /**
     * @param status HTTP status; it proves nothing about consent
     * @param headers by lower-case name
     */
    record Reply(int status, Map<String, List<String>> headers) {}
}
