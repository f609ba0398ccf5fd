package io.eventful.edge;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The matchers of all layers. Paths below {@code /.eventful/} belong to the gateway and are never forwarded. */
final class RoutingTable implements Routing {

    private static final Served NOT_HERE = new Served(
            EdgeMetrics.Kind.OWN,
            call -> call.answer(Problems.problem(
                    404,
                    "Not Found",
                    "The gateway has no resource at this path. Paths below /.eventful/ are never forwarded to an"
                            + " upstream.")));

    private final AtomicReferenceArray<@Nullable Matcher> layers = new AtomicReferenceArray<>(Layer.values().length);

    @Override
    public void install(Layer layer, Matcher matcher) {
        layers.set(layer.ordinal(), matcher);
    }

    /** The handler of a request, and its kind for the metrics. */
    record Served(EdgeMetrics.Kind kind, Handler handler) {}

    /** The handler of a request; null if an upstream serves it. */
    @Nullable
    Served find(RequestHead head) {
        Served own = ask(Layer.OWN, head, EdgeMetrics.Kind.OWN);
        if (own != null) return own;
        if (OwnNames.isOwn(head.path())) return NOT_HERE;
        Served webhook = ask(Layer.WEBHOOK, head, EdgeMetrics.Kind.ENDPOINT);
        if (webhook != null) return webhook;
        Served endpoint = ask(Layer.ENDPOINT, head, EdgeMetrics.Kind.ENDPOINT);
        return endpoint != null ? endpoint : ask(Layer.CAPTURE, head, EdgeMetrics.Kind.CAPTURED);
    }

    private @Nullable Served ask(Layer layer, RequestHead head, EdgeMetrics.Kind kind) {
        Matcher matcher = layers.get(layer.ordinal());
        Handler handler = matcher == null ? null : matcher.match(head);
        return handler == null ? null : new Served(kind, handler);
    }
}
