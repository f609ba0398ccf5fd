package io.eventful.edge;

/**
 * Who answers a path, first match: the gateway's own resources ({@code /.eventful/…}), endpoints ({@code webhook-in:}
 * before {@code rest:}), captured templates, the default upstream.
 */
public interface Routing {

    /** The layers above the upstream, in the order in which they are asked. */
    enum Layer {
        OWN,
        WEBHOOK,
        ENDPOINT,
        CAPTURE
    }

    /** Replaces a layer's matcher at once; calls under way keep the old one. */
    void install(Layer layer, Matcher matcher);
}
