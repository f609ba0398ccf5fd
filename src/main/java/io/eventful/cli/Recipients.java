package io.eventful.cli;

import io.eventful.capture.CapturedRequest;
import io.eventful.cli.Explanation.Recipient;
import io.eventful.cli.Explanation.Wish;
import io.eventful.event.Rendering;
import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteHop;
import io.eventful.routes.RouteSurvey;
import io.eventful.subscription.DeclaredSubscriptions.Answer;
import io.eventful.subscription.DeclaredSubscriptions.Declared;
import io.eventful.subscription.EventSketch;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which declared subscriptions get the events that routes deliver. */
final class Recipients {

    private final DeclaredFile file;
    private final RouteSurvey survey;

    Recipients(DeclaredFile file, RouteSurvey survey) {
        this.file = file;
        this.survey = survey;
    }

    /** Those of the change that a captured request makes. */
    List<Recipient> of(List<RouteHop> hops, CapturedRequest request) {
        EventSketch sketch = new EventSketch().with("source", request.source());
        if (!survey.changesSubjects())
            sketch = request.isOnItem()
                    ? sketch.with("subject", request.subject()).with("partitionkey", request.subject())
                    : sketch.beginning("subject", request.subjects()).beginning("partitionkey", request.subjects());
        return of(hops, sketch);
    }

    /** Those of events of which only the source is known; not even that if it is empty. */
    List<Recipient> of(List<RouteHop> hops, String source) {
        EventSketch sketch = new EventSketch();
        return of(hops, source.isEmpty() ? sketch : sketch.with("source", source));
    }

    private List<Recipient> of(List<RouteHop> hops, EventSketch sketch) {
        List<RouteHop> deliveries = hops.stream()
                .filter(hop -> hop.kind() == RouteHop.Kind.SUBSCRIBERS)
                .toList();
        // A faulty file is not applied.
        if (deliveries.isEmpty() || !file.content().problems().isEmpty()) return List.of();
        return file.content().subscriptions().stream()
                .map(each -> recipient(each, deliveries, sketch))
                .toList();
    }

    private Recipient recipient(Declared declared, List<RouteHop> deliveries, EventSketch sketch) {
        List<Wish> wishes = new ArrayList<>();
        for (RouteHop hop : deliveries)
            hop.events().stream().sorted(ExplainText.BY_TYPE).forEach(kind -> {
                Answer answer = declared.wants(hop.target(), sketch(kind, sketch));
                wishes.add(new Wish(
                        hop.target(),
                        hop.conditions(),
                        kind.type(),
                        kind.rendering(),
                        answer.prospect(),
                        answer.reason()));
            });
        URI sink = declared.request().sink();
        return new Recipient(
                declared.name(),
                file.path() + ":" + declared.line(),
                sink.getScheme() + "://" + sink.getRawAuthority(),
                wishes);
    }

    private static EventSketch sketch(EventKind kind, EventSketch source) {
        Optional<Rendering> rendering = Rendering.named(kind.rendering());
        // What steps make by themselves may have any attribute.
        if (rendering.isEmpty()) return new EventSketch();
        EventSketch sketch = source.with("pattern", rendering.get().pattern());
        int open = kind.type().indexOf('*');
        return open < 0
                ? sketch.with("type", kind.type())
                : sketch.beginning("type", kind.type().substring(0, open));
    }

    /** The place of a route as an operator writes it. */
    static String place(RouteSurvey.Origin origin) {
        return origin.file() + (origin.line() > 0 ? ":" + origin.line() : "");
    }
}
