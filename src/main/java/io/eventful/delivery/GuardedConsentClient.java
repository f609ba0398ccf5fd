package io.eventful.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.subscription.ConsentClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks sinks for their consent with the client that delivers: the same guard, limits and deadline. */
final class GuardedConsentClient implements ConsentClient {

    private final WebhookClient client;
    private final Duration timeout;

    GuardedConsentClient(WebhookClient client, Duration timeout) {
        this.client = client;
        this.timeout = timeout;
    }

    @Override
    public CompletionStage<Reply> options(URI target, Map<String, String> headers, @Nullable JsonNode credential) {
        WebhookRequest request =
                new WebhookRequest("OPTIONS", target, Field.of(headers), new byte[0], ClientIdentity.of(credential));
        return client.send(request, timeout).thenApply(outcome -> switch (outcome) {
            case Outcome.Answered answered -> reply(answered);
            case Outcome.Failed failed ->
                throw new CompletionException(new IOException("no reply: " + failed.reason()));
        });
    }

    private static Reply reply(Outcome.Answered answered) {
        Map<String, List<String>> headers = new HashMap<>();
        answered.head().forEach((name, value) -> headers.put(name, List.of(value)));
        return new Reply(answered.status(), headers);
    }
}
