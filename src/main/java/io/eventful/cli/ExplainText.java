package io.eventful.cli;

import io.eventful.capture.CaptureOptions;
import io.eventful.capture.CapturedRequest;
import io.eventful.cli.Explanation.Recipient;
import io.eventful.cli.Explanation.Wish;
import io.eventful.edge.Dispatch;
import io.eventful.edge.EdgeSettings;
import io.eventful.event.Change;
import io.eventful.routes.RouteFlows.EventKind;
import io.eventful.routes.RouteHop;
import io.eventful.subscription.Prospect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** An explanation as text. */
final class ExplainText {

    static final Comparator<EventKind> BY_TYPE =
            Comparator.comparing(EventKind::type).thenComparing(EventKind::rendering);

    /** Maximum number of templates that are told to be near. */
    private static final int NEAR = 3;

    /** Maximum number of characters of an address, such as one that is an SQL statement. */
    private static final int WIDTH = 80;

    private final Table table = new Table();

    private ExplainText() {}

    static String of(Explanation explanation) {
        ExplainText text = new ExplainText();
        text.request(explanation);
        text.served(explanation);
        CapturedRequest captured = explanation.captured();
        if (captured != null) text.captured(captured);
        text.events(explanation);
        explanation.hops().forEach(text::hop);
        explanation.recipients().forEach(text::recipient);
        explanation.notes().forEach(note -> text.row("note", note));
        return text.table + System.lineSeparator();
    }

    static String word(Prospect prospect) {
        return switch (prospect) {
            case YES -> "yes";
            case NO -> "no";
            case OPEN -> "depends";
        };
    }

    private void row(String label, String text) {
        table.row(label, text);
    }

    private void request(Explanation explanation) {
        String path = explanation.head().path();
        boolean raw = !explanation.head().target().replaceFirst("\\?.*", "").equals(path);
        row(
                "request",
                explanation.head().method() + " " + explanation.head().target()
                        + (raw ? " (matched as " + path + ")" : ""));
    }

    private void served(Explanation explanation) {
        String who = switch (explanation.server()) {
            case GATEWAY -> "the gateway itself; it is not forwarded";
            case WEBHOOK_IN -> "webhook-in:" + explanation.served() + "; it is not forwarded";
            case REST -> "the rest: DSL; it is not forwarded";
            case CAPTURE -> "the upstream; routes capture the change";
            case VIEW -> "view " + explanation.served() + ", or the upstream if the view cannot";
            case UPSTREAM -> "the upstream; it is passed on unchanged";
        };
        row("served by", who);
        Dispatch.Way way = explanation.way();
        if (way != null) row("upstream", way(way));
        explanation.routes().forEach(route -> row("route", route.id() + " (" + Recipients.place(route) + ")"));
    }

    private static String way(Dispatch.Way way) {
        EdgeSettings.Route route = way.route();
        String entry = route == null
                ? ""
                : ", by eventful.edge.routes[" + way.entry() + "]"
                        + (route.host() == null ? "" : " host " + route.host())
                        + (route.path() == null ? "" : " path " + route.path())
                        + (route.stripPrefix() ? " without its prefix" : "");
        return way.upstream() + ": " + String.join(" or ", way.urls()) + entry;
    }

    private void captured(CapturedRequest captured) {
        row("template", captured.template() + " (" + captured.kind() + ")");
        row(
                "item",
                (captured.isOnItem()
                                ? captured.subject()
                                : "made in " + captured.subject() + "; the reply says which: Location, or "
                                        + captured.options().id() + " in its body")
                        + (captured.scope().isEmpty() ? "" : ", scope " + captured.scope())
                        + (captured.isResourceOpen() ? "" : ", resource " + captured.resource()));
        row("options", options(captured.options()));
    }

    private static String options(CaptureOptions options) {
        List<String> told = new ArrayList<>();
        told.add("guarantee " + lower(options.guarantee()));
        told.add("success " + options.success());
        if (options.order() != Change.Order.LANE) told.add("order " + lower(options.order()));
        if (options.commands() != CaptureOptions.Commands.SYNC) told.add("commands " + lower(options.commands()));
        if (!options.scope().isNone()) told.add("scope " + options.scope());
        if (!options.redact().isEmpty()) told.add("redact " + String.join(",", options.redact()));
        return String.join(", ", told);
    }

    private void events(Explanation explanation) {
        if (!explanation.reason().isEmpty()) row("event", "none: " + explanation.reason());
        else if (explanation.events().size() == 1)
            row("event", explanation.events().getFirst() + usually(explanation));
        else if (!explanation.events().isEmpty()) row("event", alternatives(explanation));
        explanation.misses().stream()
                .limit(NEAR)
                .filter(miss ->
                        miss.distance() == 0 || miss == explanation.misses().getFirst())
                .forEach(miss -> row(
                        "",
                        "nearest " + miss.template() + " of " + String.join(", ", miss.routes()) + ": "
                                + miss.reason()));
    }

    /** The type that an event has unless the reply leads elsewhere. */
    private static String usually(Explanation explanation) {
        CapturedRequest captured = explanation.captured();
        return captured == null || !captured.isResourceOpen()
                ? ""
                : "; * is " + captured.resource() + ", unless the Location in the reply is of another collection";
    }

    private static String alternatives(Explanation explanation) {
        return explanation.events().stream()
                .map(type -> type.endsWith(".created") && explanation.events().indexOf(type) > 0
                        ? type + " if the item was not there before"
                        : type.endsWith(".updated") && explanation.events().indexOf(type) > 0
                                ? type + " if the item was there before"
                                : type)
                .collect(Collectors.joining(", or "));
    }

    private void hop(RouteHop hop) {
        String to = switch (hop.kind()) {
            case CHANNEL -> "channel:" + hop.target();
            case SUBSCRIBERS -> "subscribers:" + hop.target();
            case VIEW -> "view:" + hop.target();
            case OTHER -> hop.target().length() > WIDTH ? hop.target().substring(0, WIDTH) + "…" : hop.target();
        };
        String rendered = hop.events().stream()
                .map(EventKind::rendering)
                .distinct()
                .sorted()
                .map(name -> name.isEmpty() ? "" : "event:" + name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
        row("sends", hop.route() + " -> " + to + (rendered.isEmpty() ? "" : " (" + rendered + ")"));
        conditions(hop.conditions(), "  ");
    }

    /** The ways to a step, each with its conditions. */
    private void conditions(List<String> ways, String indent) {
        for (int i = 0; i < ways.size(); i++) row("", indent + (i == 0 ? "depends on " : "or on ") + ways.get(i));
    }

    private void recipient(Recipient recipient) {
        String who = recipient.name() + " (" + recipient.place() + ", " + recipient.sink() + "): ";
        if (recipient.prospect() == Prospect.NO) {
            row("webhook", who + "no, because of " + joined(recipient.wishes(), Wish::reason));
            return;
        }
        Map<List<Object>, List<Wish>> alike = recipient.wishes().stream()
                .filter(wish -> wish.prospect() != Prospect.NO)
                .collect(Collectors.groupingBy(
                        wish -> List.of(wish.channel(), wish.conditions(), wish.prospect(), wish.reason()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        boolean sure = recipient.prospect() == Prospect.YES;
        row("webhook", who + (sure ? "yes" : "depends"));
        alike.values().forEach(this::wishes);
    }

    private void wishes(List<Wish> wishes) {
        Wish any = wishes.getFirst();
        String renderings = joined(wishes, Wish::rendering);
        row(
                "",
                "  " + joined(wishes, Wish::type) + (renderings.isEmpty() ? "" : " (" + renderings + ")")
                        + " of channel " + any.channel()
                        + (any.reason().isEmpty() ? "" : ", depending on " + any.reason()));
        conditions(any.conditions(), "    ");
    }

    private static String joined(List<Wish> wishes, Function<Wish, String> part) {
        return wishes.stream()
                .map(part)
                .filter(text -> !text.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
