package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends the request of the consent handshake, under the same guard and limits as a delivery. */
@FunctionalInterface
public interface ConsentClient {

    /**
     * Sends {@code OPTIONS} to the exact target; never follows a redirect. Completes exceptionally when there is no
     * reply. Never blocks.
     *
     * @param headers to send
     * @param credential of the subscription: a certificate is shown, or TLS would already fail; nothing else of it is
     *     sent, because the sink has not agreed to anything yet. Null for none
     */
    CompletionStage<Reply> options(URI target, Map<String, String> headers, @Nullable JsonNode credential);

    /**
     * @param status HTTP status; it proves nothing about consent
     * @param headers by lower-case name
     */
    record Reply(int status, Map<String, List<String>> headers) {}
}
