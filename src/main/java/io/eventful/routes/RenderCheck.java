package io.eventful.routes;

import io.eventful.routes.RouteFlows.Flow;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.InterceptDefinition;
import org.apache.camel.model.InterceptSendToEndpointDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.PolicyDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.StopDefinition;
import org.apache.camel.model.ThrowExceptionDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.TransactedDefinition;
import org.apache.camel.model.TransformDataTypeDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Tracks whether the body of a route is a change or a rendered event, and reports steps that require one of them but
 * certainly get the other, so that they always fail. After a step that may have replaced the body, nothing is reported.
 */
final class RenderCheck {

    private static final Set<String> UNCHANGED = Set.of("seda", "log", "subscribers", "view");

    /** Steps, by their DSL names, that do not change the body. */
    private static final Set<String> ASIDE = Set.of(
            ("log setHeader setHeaders setProperty setVariable setVariables removeHeader removeHeaders removeProperty"
                            + " removeProperties removeVariable convertHeaderTo convertVariableTo delay throttle validate sample"
                            + " threads")
                    .split(" "));

    private final CamelContext context;
    private final List<RouteProblem> problems;
    private final Map<String, RouteDefinition> called = new HashMap<>();
    private final Map<String, Outline> outlines = new HashMap<>();
    private final Deque<RouteDefinition> path = new ArrayDeque<>();
    /** The step that renders the notifications of a channel. */
    private final Map<String, Spot> notifying = new HashMap<>();
    /** The step that rendered the notification in the body; null if not known. */
    private @Nullable Spot notified;

    /** A keyword of a step, as a position. */
    private record Spot(RouteDefinition route, NamedNode step, String word) {}

    RenderCheck(
            CamelContext context, List<LoadedRoute> loaded, Collection<Outline> files, List<RouteProblem> problems) {
        this.context = context;
        this.problems = problems;
        Map<String, Outline> byFile = files.stream().collect(Collectors.toMap(each -> each.file, each -> each));
        for (LoadedRoute route : loaded) {
            Outline outline = byFile.get(route.file());
            if (outline != null) outlines.put(route.id(), outline);
        }
    }

    void check(List<RouteDefinition> routes) {
        for (RouteDefinition route : routes) {
            Address from = from(route);
            if (from.scheme().equals("direct")) called.put(from.name(), route);
        }
        Set<String> stateless = new HashSet<>();
        for (Flow flow : new FlowReader(context, routes).read())
            if (flow.use() == RouteFlows.Use.READS
                    && !flow.events().isEmpty()
                    && flow.events().stream().allMatch(told -> told.rendering().startsWith("notification")))
                stateless.add(flow.route());
        // The body of other consumers is not known; that of direct: is known from its callers.
        for (RouteDefinition route : routes) {
            if (!Set.of("capture", "webhook-in").contains(from(route).scheme())) continue;
            Body unused = follow(route, Body.CHANGE);
        }
        for (RouteDefinition route : routes) {
            Address from = from(route);
            if (!from.scheme().equals("channel")) continue;
            notified = notifying.get(from.name());
            Body unused = follow(route, stateless.contains(route.getRouteId()) ? Body.NOTIFICATION : Body.EVENT);
        }
    }

    private Body follow(RouteDefinition route, Body body) {
        boolean changedElsewhere = route.getInputType() != null
                || route.getOutputType() != null
                || route.getOutputs().stream()
                        .anyMatch(step -> step instanceof InterceptDefinition
                                || step instanceof InterceptSendToEndpointDefinition);
        if (changedElsewhere || path.contains(route)) return Body.OTHER;
        path.push(route);
        Body after = steps(route.getOutputs(), body);
        path.pop();
        return after;
    }

    private Body steps(Collection<? extends ProcessorDefinition<?>> steps, Body body) {
        Body now = body;
        for (ProcessorDefinition<?> step : steps) {
            // onException and onCompletion are among the outputs, but are not steps.
            if (now == Body.ENDED || step.isAbstract() || "true".equals(step.getDisabled())) continue;
            now = step(step, now);
        }
        return now;
    }

    private Body step(ProcessorDefinition<?> step, Body body) {
        read(step, body);
        return switch (step) {
            case TransformDataTypeDefinition transform -> rendered(transform, body);
            case WireTapDefinition<?> tap -> {
                Body unused = sent(tap, tap.getUri(), body);
                yield body;
            }
            case ToDefinition to
            when to.getVariableSend() == null ->
                after(body, sent(to, to.getEndpointUri(), body), to.getVariableReceive());
            case ToDynamicDefinition to
            when to.getVariableSend() == null -> after(body, sent(to, to.getUri(), body), to.getVariableReceive());
            case FilterDefinition filter -> body.or(steps(filter.getOutputs(), body));
            case IdempotentConsumerDefinition once -> body.or(steps(once.getOutputs(), body));
            case ChoiceDefinition choice -> chosen(choice, body);
            case PipelineDefinition pipeline -> steps(pipeline.getOutputs(), body);
            case StepDefinition group -> steps(group.getOutputs(), body);
            case PolicyDefinition policy -> steps(policy.getOutputs(), body);
            case TransactedDefinition transaction -> steps(transaction.getOutputs(), body);
            case MulticastDefinition multicast -> branches(multicast, body);
            case LoadBalanceDefinition balancer -> branches(balancer, body);
            case StopDefinition stop -> Body.ENDED;
            case ThrowExceptionDefinition thrown -> Body.ENDED;
            default -> {
                if (ASIDE.contains(step.getShortName())) yield body;
                Body unused = steps(step.getOutputs(), Body.OTHER);
                for (Clause clause : Clause.of(step)) unused = steps(clause.steps(), Body.OTHER);
                yield Body.OTHER;
            }
        };
    }

    /** Each branch begins with what comes to the step, not with what another branch has made. */
    private Body branches(ProcessorDefinition<?> step, Body body) {
        for (ProcessorDefinition<?> branch : step.getOutputs()) {
            Body unused = steps(List.of(branch), body);
        }
        return Body.OTHER;
    }

    private void read(NamedNode step, Body body) {
        Optional<MemberCheck.Finding> wrong = body == Body.CHANGE
                ? MemberCheck.ofChange(step)
                : body.isEvent() ? MemberCheck.ofEvent(step) : Optional.empty();
        wrong.ifPresent(
                found -> tell(spot(step, found.expression()), "unknown-member", found.message(), found.remedy()));
    }

    private static Body after(Body before, Body reply, String variableReceive) {
        return variableReceive == null ? reply : before;
    }

    private Body chosen(ChoiceDefinition choice, Body body) {
        Body all = choice.getOtherwise() == null
                ? body
                : steps(choice.getOtherwise().getOutputs(), body);
        for (WhenDefinition when : choice.getWhenClauses()) {
            read(when, body);
            all = all.or(steps(when.getOutputs(), body));
        }
        return all;
    }

    private Body rendered(TransformDataTypeDefinition step, Body body) {
        String type = TypeName.plain(step.getToType());
        if (!EventDataType.names().contains(type)) return Body.OTHER;
        if (body.isEvent())
            tell(
                    spot(step, type),
                    "rendered-twice",
                    "\"" + type + "\" renders a change, but the body is already an event, so this step always fails",
                    "render in the route that has the change; use multicast: for several renderings");
        if (!type.startsWith("event:notification")) return Body.EVENT;
        notified = spot(step, type);
        return Body.NOTIFICATION;
    }

    private Body sent(ProcessorDefinition<?> step, String uri, Body body) {
        Address to = Address.of(context, uri);
        boolean takesEvents = Set.of("channel", "subscribers", "view").contains(to.scheme());
        if (takesEvents && body == Body.CHANGE)
            tell(
                    spot(step, uri),
                    "not-rendered",
                    to.scheme() + ": accepts only events, but the body is a change that is not rendered yet, so this"
                            + " step always fails",
                    "add transformDataType: {toType: \"event:state\"} (or another event: type) before this step");
        if (to.scheme().equals("view") && body == Body.NOTIFICATION)
            tell(
                    notified == null ? spot(step, uri) : notified,
                    "stateless-view",
                    "view:" + to.name() + " always rejects this notification, because a notification contains no state",
                    "render event:state or event:change for the view");
        if (to.scheme().equals("channel")) {
            if (body != Body.NOTIFICATION) return Body.EVENT;
            if (notified != null) notifying.putIfAbsent(to.name(), notified);
            return body;
        }
        if (to.scheme().equals("direct")) {
            RouteDefinition next = called.get(to.name());
            return next == null ? Body.OTHER : follow(next, body);
        }
        return UNCHANGED.contains(to.scheme()) ? body : Body.OTHER;
    }

    private Spot spot(NamedNode step, String word) {
        return new Spot(path.getFirst(), step, word);
    }

    private void tell(Spot spot, String rule, String message, String remedy) {
        Outline outline = outlines.get(spot.route().getRouteId());
        if (outline == null) return;
        int line = Math.max(0, spot.step().getLineNumber());
        Place place = outline.words.stream()
                .filter(mark -> mark.place().line() >= line
                        && TypeName.plain(mark.name()).equals(TypeName.plain(spot.word())))
                .map(Outline.NameMark::place)
                .findFirst()
                .orElseGet(() -> new Place(outline.file, line, line == 0 ? 0 : 1));
        problems.add(place.warning(rule, message, remedy));
    }

    private Address from(RouteDefinition route) {
        return Address.of(context, route.getInput().getEndpointUri());
    }
}
