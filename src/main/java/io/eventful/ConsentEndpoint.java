package io.eventful;

import io.eventful.edge.Answer;
import io.eventful.edge.Call;
import io.eventful.edge.Fields;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.Problems;
import io.eventful.edge.RequestHead;
import io.eventful.subscription.ConsentCallbacks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a sink gives its consent later, on the data port (CloudEvents HTTP webhook 1.0, section 4.1.3). GET and POST mean
 * the same, because the specification wants both accepted.
 */
final class ConsentEndpoint implements Matcher {

    private static final Logger log = LoggerFactory.getLogger(ConsentEndpoint.class);

    private final Consent consent;

    ConsentEndpoint(Consent consent) {
        this.consent = consent;
    }

    /** Takes what a sink grants, as {@link ConsentCallbacks#granted} does. */
    interface Consent {
        ConsentCallbacks.Result granted(String token, @Nullable String allowedRate);
    }

    @Override
    public @Nullable Handler match(RequestHead head) {
        return head.path().startsWith(ConsentCallbacks.PATH) ? this::handle : null;
    }

    private void handle(Call call) {
        // The callback may wait for the store, which an event loop must not.
        Thread.ofVirtual().name("consent").start(() -> call.answer(kept(call.head())));
    }

    /** What cannot be kept now is answered too: who consents would wait for it. */
    private Answer kept(RequestHead head) {
        try {
            return answer(head);
        } catch (RuntimeException refused) {
            log.warn(
                    "subscription.consent.not-kept reason={}",
                    refused.getClass().getSimpleName());
            return Problems.retryLater("The consent cannot be stored now. Give it again later.", "5");
        }
    }

    private Answer answer(RequestHead head) {
        if (!head.method().equals("GET") && !head.method().equals("POST")) {
            Answer refusal = Problems.problem(405, "Method not allowed", "Give consent with GET or POST.");
            return new Answer(refusal.status(), refusal.fields().and("Allow", "GET, POST"), refusal.body());
        }
        String token = head.path().substring(ConsentCallbacks.PATH.length());
        return switch (consent.granted(
                token, head.fields().first("WebHook-Allowed-Rate").orElse(null))) {
            case ACCEPTED -> new Answer(200, Fields.NONE, new byte[0]);
            case UNKNOWN -> Problems.problem(404, "Not found", "No consent is waited for at this address.");
            case INVALID_RATE ->
                Problems.problem(400, "Bad request", "WebHook-Allowed-Rate must be a whole number above 0, or *.");
        };
    }
}
