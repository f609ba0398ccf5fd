package io.eventful.routes;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** Runs all checks of names: routes, channels, upstreams, views, beans and event types; and the check for secrets. */
final class NamesCheck {

    private final CamelContext context;
    private final RouteEnvironment around;
    private final List<RouteProblem> problems;

    NamesCheck(CamelContext context, RouteEnvironment around, List<RouteProblem> problems) {
        this.context = context;
        this.around = around;
        this.problems = problems;
    }

    void check(Collection<Outline> outlines) {
        List<EndpointUse> uses = Stream.concat(
                        outlines.stream().flatMap(outline -> outline.endpoints.stream()),
                        TemplateEndpoints.of(outlines))
                .map(mark -> EndpointUse.of(context, mark))
                .flatMap(Optional::stream)
                .toList();
        Set<String> texts =
                outlines.stream().flatMap(outline -> outline.texts.stream()).collect(Collectors.toSet());
        new LinkCheck(texts, uses, around, problems).check();
        new TemplateCheck(outlines, uses, around, problems).check();
        new ViewCheck(uses, problems).check();
        around.subscriptions().ifPresent(file -> {
            new EventTypeCheck(uses, texts, EventTypeCheck.wanted(file), problems).check();
            new SubscribedChannelCheck(uses, problems).check(SubscribedChannelCheck.wanted(file));
        });
        new BeanCheck(context, problems).check(outlines);
        new PropertyCheck(texts, problems).check(outlines);
        for (Outline outline : outlines) Placeholders.check(outline, context, problems);
        for (Outline outline : outlines) outline.endpoints.forEach(mark -> SecretCheck.check(mark, problems));
    }
}
