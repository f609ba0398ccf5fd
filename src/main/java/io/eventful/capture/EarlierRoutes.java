package io.eventful.capture;

import io.eventful.event.PathTemplate;
import io.eventful.ledger.Relayed;
import io.eventful.ledger.Relayed.Captured;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes that captured when the gateway last ran, as far as it matters who had which items. */
final class EarlierRoutes {

    private static final Logger log = LoggerFactory.getLogger(EarlierRoutes.class);

    private EarlierRoutes() {}

    /** What an earlier run kept. They receive nothing any more. */
    static List<CaptureRoute> read(Relayed relayed) {
        return relayed.captured().stream().map(EarlierRoutes::route).toList();
    }

    private static CaptureRoute route(Captured kept) {
        Map<String, String> options = new HashMap<>();
        if (kept.upstream() != null) options.put("upstream", kept.upstream());
        if (kept.items() != null) options.put("items", '#' + kept.items());
        if (kept.collection() != null) options.put("collection", kept.collection());
        return new CaptureRoute(
                kept.route(),
                PathTemplate.parse(kept.template()),
                CaptureOptions.parse(options),
                (change, done) -> done.accept(null));
    }

    /** Keeps what captures from now on, soon: until then a start finds what was kept before, and repeats at most. */
    static void keep(Relayed relayed, Collection<CaptureRoute> routes) {
        var unused = relayed.capture(routes.stream().map(EarlierRoutes::kept).toList())
                .whenComplete((done, error) -> {
                    if (error != null) log.warn("capture.routes-not-kept reason=\"{}\"", Reasons.of(error));
                });
    }

    private static Captured kept(CaptureRoute route) {
        CaptureOptions options = route.options();
        boolean named = options.addressing() == CaptureOptions.Addressing.OPTION;
        return new Captured(
                route.id(),
                route.template().toString(),
                named ? options.upstream() : null,
                options.items(),
                options.collection().isEmpty() ? null : options.collection());
    }
}
