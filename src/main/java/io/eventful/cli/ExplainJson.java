package io.eventful.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.capture.CaptureOptions;
import io.eventful.capture.CapturedRequest;
import io.eventful.config.VisibleText;
import io.eventful.edge.Dispatch;
import io.eventful.edge.EdgeSettings;
import io.eventful.routes.RouteHop;
import io.eventful.routes.RouteSurvey;
import java.util.Collection;
import java.util.Locale;

/** An explanation as JSON, as docs/capture.md describes it. */
final class ExplainJson {

    private ExplainJson() {}

    static String of(Explanation explanation) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("request")
                .put("method", explanation.head().method())
                .put("target", explanation.head().target())
                .put("path", explanation.head().path())
                .put("host", explanation.head().authority());
        root.put("servedBy", word(explanation.server()));
        if (!explanation.served().isEmpty()) root.put("name", explanation.served());
        Dispatch.Way way = explanation.way();
        if (way != null) way(root.putObject("upstream"), way);
        ArrayNode routes = root.putArray("routes");
        for (RouteSurvey.Origin route : explanation.routes())
            routes.addObject().put("id", route.id()).put("file", route.file()).put("line", route.line());
        CapturedRequest captured = explanation.captured();
        if (captured != null) captured(root.putObject("capture"), captured);
        strings(root.putArray("events"), explanation.events());
        root.put("reason", explanation.reason());
        ArrayNode misses = root.putArray("notCapturedBy");
        explanation.misses().forEach(miss -> {
            ObjectNode one = misses.addObject();
            strings(one.put("template", miss.template()).putArray("routes"), miss.routes());
            one.put("reason", miss.reason());
        });
        ArrayNode steps = root.putArray("steps");
        explanation.hops().forEach(hop -> hop(steps.addObject(), hop));
        ArrayNode subscriptions = root.putArray("subscriptions");
        explanation.recipients().forEach(each -> recipient(subscriptions.addObject(), each));
        strings(root.putArray("notes"), explanation.notes());
        return VisibleText.json(root.toPrettyString()) + "\n";
    }

    private static void way(ObjectNode json, Dispatch.Way way) {
        json.put("name", way.upstream());
        EdgeSettings.Route route = way.route();
        if (route != null)
            json.putObject("route")
                    .put("index", way.entry())
                    .put("path", route.path())
                    .put("host", route.host())
                    .put("stripPrefix", route.stripPrefix());
        strings(json.putArray("urls"), way.urls());
    }

    private static void captured(ObjectNode json, CapturedRequest captured) {
        CaptureOptions options = captured.options();
        json.put("template", captured.template())
                .put("kind", captured.kind())
                .put("subject", captured.isOnItem() ? captured.subject() : null)
                .put("collection", captured.isOnItem() ? null : captured.subject())
                .put("resource", captured.isResourceOpen() ? null : captured.resource())
                .put("scope", captured.scope())
                .put("source", captured.source());
        ObjectNode chosen = json.putObject("options")
                .put("guarantee", word(options.guarantee()))
                .put("order", word(options.order()))
                .put("before", word(options.before()))
                .put("after", word(options.after()))
                .put("commands", word(options.commands()))
                .put("success", options.success().toString())
                .put("scope", options.scope().toString())
                .put("ifMatch", word(options.ifMatch()));
        strings(chosen.putArray("redact"), options.redact());
    }

    private static void hop(ObjectNode json, RouteHop hop) {
        json.put("route", hop.route()).put("to", word(hop.kind())).put("name", hop.target());
        ArrayNode events = json.putArray("events");
        hop.events().stream()
                .sorted(ExplainText.BY_TYPE)
                .forEach(kind -> events.addObject().put("type", kind.type()).put("rendering", kind.rendering()));
        strings(json.putArray("dependsOn"), hop.conditions());
    }

    private static void recipient(ObjectNode json, Explanation.Recipient recipient) {
        json.put("name", recipient.name())
                .put("place", recipient.place())
                .put("sink", recipient.sink())
                .put("receives", ExplainText.word(recipient.prospect()));
        ArrayNode events = json.putArray("events");
        recipient.wishes().forEach(wish -> {
            ObjectNode one = events.addObject()
                    .put("channel", wish.channel())
                    .put("type", wish.type())
                    .put("rendering", wish.rendering())
                    .put("receives", ExplainText.word(wish.prospect()))
                    .put("reason", wish.reason());
            strings(one.putArray("dependsOn"), wish.conditions());
        });
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static void strings(ArrayNode array, Collection<String> values) {
        values.forEach(array::add);
    }
}
