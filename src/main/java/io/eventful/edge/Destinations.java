package io.eventful.edge;

import java.util.Set;

/** Selects the upstream of calls that no route assigns to one ({@code eventful.edge.routes}). */
public interface Destinations {

    /** All calls go to the default upstream. */
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

    /** The names of all upstreams that may be selected. */
    Set<String> names();
}
