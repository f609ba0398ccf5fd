package io.eventful.cli;

import io.eventful.capture.CaptureForecast;
import io.eventful.capture.CaptureOptions;
import io.eventful.capture.CapturedRequest;
import io.eventful.capture.Miss;
import io.eventful.cli.Explanation.Server;
import io.eventful.config.LoadedConfiguration;
import io.eventful.edge.Dispatch;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.Handler;
import io.eventful.edge.RequestHead;
import io.eventful.edge.Routing;
import io.eventful.edge.UpstreamSettings;
import io.eventful.receive.ReceiveForecast;
import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteHop;
import io.eventful.routes.RouteSurvey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks the matchers of the gateway what would become of a request. */
final class Explainer {

    private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** Kinds of writes that may leave an item as it was. */
    private static final Set<String> UPDATES = Set.of("put", "patch", "action");

    private final RouteSurvey survey;
    private final DeclaredFile declared;
    private final Dispatch dispatch;
    private final CaptureForecast captures;

    Explainer(LoadedConfiguration configuration, RouteSurvey survey, DeclaredFile declared) {
        this.survey = survey;
        this.declared = declared;
        this.dispatch = new Dispatch(configuration.get(EdgeSettings.class), configuration.get(UpstreamSettings.class));
        Map<String, Object> sources = survey.sources();
        this.captures = CaptureForecast.of(sources, dispatch.destinations());
        dispatch.routing()
                .install(Routing.Layer.WEBHOOK, ReceiveForecast.of(sources).matcher());
        dispatch.routing().install(Routing.Layer.ENDPOINT, survey.endpoints());
        dispatch.routing().install(Routing.Layer.CAPTURE, captures.matcher());
    }

    /** @param status of the upstream's reply; null for one that counts as success */
    Explanation explain(RequestHead head, @Nullable Integer status) {
        Optional<Handler> handler = dispatch.handler(head);
        return switch (handler.orElse(null)) {
            case null -> passed(head);
            case CaptureForecast.Captured(CapturedRequest request) -> captured(head, request, status);
            case CaptureForecast.AnsweredByView view ->
                read(
                        head,
                        Server.VIEW,
                        view.query().view(),
                        dispatch.way(head, view.query().upstream()));
            case CaptureForecast.ReadFrom read -> read(head, Server.UPSTREAM, "", dispatch.way(head, read.upstream()));
            case ReceiveForecast.Received received -> received(head, received);
            case RouteSurvey.Answered answered -> answered(head, answered);
            default ->
                plain(head, Server.GATEWAY, "", null, "paths below /.eventful/ belong to the gateway", List.of());
        };
    }

    private Explanation passed(RequestHead head) {
        Dispatch.Way way = dispatch.way(head);
        if (!WRITES.contains(head.method())) return read(head, Server.UPSTREAM, "", way);
        List<Miss> misses = captures.misses(head);
        String reason = misses.isEmpty() ? "no route captures anything" : "no route captures it";
        return plain(head, Server.UPSTREAM, "", way, reason, misses);
    }

    private Explanation read(RequestHead head, Server server, String served, Dispatch.Way way) {
        boolean spelled = WRITES.stream().anyMatch(head.method()::equalsIgnoreCase);
        return plain(
                head,
                server,
                served,
                way,
                head.method() + " is not a write; only POST, PUT, PATCH and DELETE"
                        + (spelled ? ", in upper case, are captured" : " are captured"),
                List.of());
    }

    private Explanation plain(
            RequestHead head,
            Server server,
            String served,
            Dispatch.@Nullable Way way,
            String reason,
            List<Miss> misses) {
        return new Explanation(
                head, server, served, way, null, List.of(), List.of(), reason, misses, List.of(), List.of(), notes());
    }

    private Explanation captured(RequestHead head, CapturedRequest request, @Nullable Integer status) {
        Optional<String> refusal = status == null ? Optional.empty() : request.refusal(status);
        String resource = request.isResourceOpen() ? "*" : request.resource();
        List<String> actions = status == null ? request.actions() : request.actions(status);
        List<String> types = refusal.isPresent()
                ? List.of()
                : actions.stream().map(action -> resource + "." + action).toList();
        List<RouteHop> hops = trace(request.routes(), types);
        List<String> notes = notes();
        CaptureOptions options = request.options();
        if (refusal.isEmpty() && UPDATES.contains(request.kind()))
            notes.add("A write that leaves the item as it was makes no event.");
        if (refusal.isEmpty()
                && status == null
                && request.refusal(200).isPresent()
                && request.kind().equals("create")) notes.add("Only a reply with status 201 makes an item here.");
        if (!request.capturing().equals(request.routes()))
            notes.add("The route " + String.join(", ", request.capturing())
                    + " captures the call; the changes go to the routes that have the items.");
        if (options.scope().refusal(head).isPresent())
            notes.add("The request gives different values for " + options.scope() + ", which is the scope of the item's"
                    + " identity, so the gateway itself answers 400.");
        else if (!options.scope().isNone() && request.scope().isEmpty())
            notes.add("The request has no " + options.scope() + ", which is the scope of the item's identity.");
        if (options.ifMatch() == CaptureOptions.IfMatch.REQUIRED
                && request.isOnItem()
                && head.fields().first("If-Match").isEmpty())
            notes.add("The route requires If-Match, so the gateway itself answers 428 where the item is known.");
        return new Explanation(
                head,
                Server.CAPTURE,
                "",
                dispatch.way(head, request.upstream()),
                request,
                origins(request.routes()),
                types,
                refusal.orElse(""),
                List.of(),
                hops,
                new Recipients(declared, survey).of(hops, request),
                notes);
    }

    private Explanation received(RequestHead head, ReceiveForecast.Received received) {
        List<String> types = List.of(received.provider() + ".*");
        List<RouteHop> hops = trace(received.routes(), types);
        List<String> notes = notes();
        notes.add("Only a request with a valid signature is received.");
        return new Explanation(
                head,
                Server.WEBHOOK_IN,
                received.path(),
                null,
                null,
                origins(received.routes()),
                types,
                "",
                List.of(),
                hops,
                new Recipients(declared, survey).of(hops, received.source()),
                notes);
    }

    private Explanation answered(RequestHead head, RouteSurvey.Answered answered) {
        List<String> routes = answered.route().stream().toList();
        String none = routes.isEmpty() ? "the rest: path has no route for " + head.method() : "";
        List<RouteHop> hops = routes.isEmpty() ? List.of() : survey.trace(routes, Set.of(EventKind.ANYTHING));
        return new Explanation(
                head,
                Server.REST,
                "",
                null,
                null,
                origins(routes),
                List.of(),
                none,
                List.of(),
                hops,
                new Recipients(declared, survey).of(hops, ""),
                notes());
    }

    private List<RouteHop> trace(Collection<String> routes, List<String> types) {
        if (types.isEmpty()) return List.of();
        return survey.trace(
                routes, types.stream().map(type -> new EventKind(type, "")).collect(Collectors.toSet()));
    }

    private List<RouteSurvey.Origin> origins(Collection<String> ids) {
        return ids.stream().map(survey::origin).toList();
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        List<String> idle = survey.notStarted();
        if (!idle.isEmpty())
            notes.add("Left out, because they do not start by themselves (autoStartup: false): "
                    + String.join(", ", idle) + ".");
        if (!declared.problems().isEmpty())
            notes.add("The gateway does not apply " + declared.path() + ", because it has errors: "
                    + declared.problems().getFirst().text().replaceFirst("[.]$", "") + ". ./eventful lint shows all.");
        return notes;
    }
}
