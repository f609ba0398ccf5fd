package io.eventful.edge;

/**
 * Selects who serves a path; the first match wins: the gateway's own resources ({@code /.eventful/…}), endpoints
 * ({@code webhook-in:} before {@code rest:}), captured templates, the default upstream.
 */
public interface Routing {

    /** The layers before the upstream, in matching order. */
    enum Layer {
        OWN,
        WEBHOOK,
        ENDPOINT,
        CAPTURE
    }

    /** Replaces the matcher of a layer atomically; running calls keep the old one. */
    void install(Layer layer, Matcher matcher);
}
