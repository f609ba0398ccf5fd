package io.eventful.edge;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The layers, each swapped at once. Paths under {@code /.eventful/} belong to the gateway and are never forwarded. */
final class RoutingTable implements Routing {

    private static final String OWN_PREFIX = "/.eventful";
    private static final Handler NOT_HERE = call -> call.answer(Problems.problem(
            404,
            "Not Found",
            "The gateway has no such resource; paths under /.eventful/ are its own and never go to the system behind"
                    + " it."));

    private final AtomicReferenceArray<@Nullable Matcher> layers = new AtomicReferenceArray<>(Layer.values().length);

    @Override
    public void install(Layer layer, Matcher matcher) {
        layers.set(layer.ordinal(), matcher);
    }

    /** Who serves a request; null for the default upstream. */
    @Nullable
    Handler handler(RequestHead head) {
        Handler own = ask(Layer.OWN, head);
        if (own != null) return own;
        String path = head.path();
        if (path.startsWith(OWN_PREFIX)
                && (path.length() == OWN_PREFIX.length() || path.charAt(OWN_PREFIX.length()) == '/')) {
            return NOT_HERE;
        }
        Handler webhook = ask(Layer.WEBHOOK, head);
        if (webhook != null) return webhook;
        Handler endpoint = ask(Layer.ENDPOINT, head);
        return endpoint != null ? endpoint : ask(Layer.CAPTURE, head);
    }

    private @Nullable Handler ask(Layer layer, RequestHead head) {
        Matcher matcher = layers.get(layer.ordinal());
        return matcher == null ? null : matcher.match(head);
    }
}
