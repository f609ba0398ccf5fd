package io.eventful.edge;

import java.util.Set;

/** Where calls go for which nobody names an upstream ({@code eventful.edge.routes}). */
public interface Destinations {

    /** All to the default upstream. */
    Destinations DEFAULT = new Destinations() {
        @Override
        public String of(RequestHead head) {
            return UpstreamSettings.DEFAULT;
        }

        @Override
        public Set<String> names() {
            return Set.of(UpstreamSettings.DEFAULT);
        }
    };

    /** The name of the upstream that a call goes to. */
    String of(RequestHead head);

    /** The upstreams that calls may go to. */
    Set<String> names();
}
