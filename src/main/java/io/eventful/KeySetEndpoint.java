package io.eventful;

import io.eventful.edge.Answer;
import io.eventful.edge.Call;
import io.eventful.edge.Fields;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.Problems;
import io.eventful.edge.RequestHead;
import io.eventful.subscription.PublicKeys;
import org.jspecify.annotations.Nullable;

/**
 * {@code /.eventful/jwks.json} on the data port: the keys that verify {@code v1a} signatures, for everybody;
 * {@code ?subscription=ID} narrows them. May be kept for five minutes: a replaced key signs beside the new one for longer.
 */
final class KeySetEndpoint implements Matcher {

    private static final String SUBSCRIPTION = "subscription=";

    private final PublicKeys keys;

    KeySetEndpoint(PublicKeys keys) {
        this.keys = keys;
    }

    @Override
    public @Nullable Handler match(RequestHead head) {
        return head.path().equals(PublicKeys.PATH) ? this::handle : null;
    }

    private void handle(Call call) {
        RequestHead head = call.head();
        if (!head.method().equals("GET") && !head.method().equals("HEAD")) {
            Answer refusal = Problems.problem(405, "Method not allowed", "Read the key set with GET.");
            call.answer(new Answer(refusal.status(), refusal.fields().and("Allow", "GET, HEAD"), refusal.body()));
            return;
        }
        // With many subscriptions the set is large: it is not written on an event loop.
        Thread.ofVirtual().name("jwks").start(() -> call.answer(answer(head)));
    }

    private Answer answer(RequestHead head) {
        Fields fields =
                Fields.NONE.and("Content-Type", "application/jwk-set+json").and("Cache-Control", "public, max-age=300");
        return new Answer(200, fields, keys.document(subscription(head)));
    }

    private static @Nullable String subscription(RequestHead head) {
        for (String part : head.query().split("&"))
            if (part.startsWith(SUBSCRIPTION)) return part.substring(SUBSCRIPTION.length());
        return null;
    }
}
