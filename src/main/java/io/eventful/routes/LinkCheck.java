package io.eventful.routes;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks that senders and consumers match: of channels, and of {@code direct:} and {@code seda:} endpoints. */
final class LinkCheck {

    private static final Set<String> INSIDE = Set.of("direct", "seda");

    private final List<EndpointUse> uses;
    private final Set<String> texts;
    private final Set<String> configured;
    private final List<RouteProblem> problems;

    /** @param texts all texts of the route files */
    LinkCheck(Set<String> texts, List<EndpointUse> uses, RouteEnvironment around, List<RouteProblem> problems) {
        this.uses = uses;
        this.texts = texts;
        this.configured = around.channels();
        this.problems = problems;
    }

    void check() {
        channels();
        for (String scheme : INSIDE) inside(scheme);
    }

    private void channels() {
        Set<String> written = names("channel", Side.TO);
        Set<String> read = names("channel", Side.FROM);
        boolean writesAnywhere = dynamic("channel");
        Set<String> known = new TreeSet<>(written);
        known.addAll(read);
        known.addAll(configured);
        for (EndpointUse use : uses) {
            String name = use.name();
            if (use.isDynamic() || configured.contains(name)) continue;
            if (use.scheme().equals("channel") && !use.isFrom() && !read.contains(name) && !templated("channel"))
                reportNeverRead(use, read);
            if (use.scheme().equals("channel")
                    && use.isFrom()
                    && !written.contains(name)
                    && !writesAnywhere
                    && !listed("channel:" + name, use)) reportNeverWritten(use, written);
            if (use.scheme().equals("subscribers") && !known.contains(name) && !writesAnywhere) unknown(use, known);
        }
    }

    private void reportNeverRead(EndpointUse use, Set<String> read) {
        String message = "no route consumes from the channel \"" + use.name() + "\"";
        RouteProblem unread = use.place()
                .warning(
                        "channel-never-read",
                        message + ", so subscriptions do not receive its events",
                        "add a route from channel:" + use.name() + " to subscribers:" + use.name()
                                + ", or list the channel under eventful.channels if only other clients of the broker"
                                + " consume from it");
        reportUnconnected(use, read, message, unread);
    }

    private void reportNeverWritten(EndpointUse use, Set<String> written) {
        String message = "no route sends to the channel \"" + use.name() + "\"";
        RouteProblem unwritten = use.place()
                .warning(
                        "channel-never-written",
                        message + ", so this route never receives an event",
                        "send to it with to: channel:" + use.name()
                                + ", or list it under eventful.channels if other clients of the broker send to it");
        reportUnconnected(use, written, message, unwritten);
    }

    /** Reports a channel without a sender or a consumer, as a misspelling if another channel has a similar name. */
    private void reportUnconnected(EndpointUse use, Set<String> there, String message, RouteProblem otherwise) {
        Set<String> known = new TreeSet<>(there);
        known.addAll(configured);
        problems.add(misspelt(use, known, message).orElse(otherwise));
    }

    private void unknown(EndpointUse use, Set<String> known) {
        String message = "no route sends to or consumes from a channel \"" + use.name() + "\"";
        Optional<String> near = Suggestions.close(use.name(), known);
        if (near.isPresent())
            problems.add(use.place().error("unknown-channel", message, "did you mean \"" + near.get() + "\"?"));
        else
            problems.add(use.place()
                    .warning(
                            "unknown-channel",
                            message + ", so only subscriptions with this config.channel receive these events",
                            known.isEmpty() ? "" : "the channels are " + String.join(", ", known)));
    }

    private static Optional<RouteProblem> misspelt(EndpointUse use, Set<String> others, String message) {
        return Suggestions.close(use.name(), others)
                .map(near -> use.place().error("misspelt-channel", message, "did you mean \"" + near + "\"?"));
    }

    private void inside(String scheme) {
        Set<String> from = names(scheme, Side.FROM);
        Set<String> to = names(scheme, Side.TO);
        for (EndpointUse use : uses) {
            if (!use.scheme().equals(scheme) || use.isDynamic()) continue;
            String uri = scheme + ":" + use.name();
            if (!use.isFrom() && !from.contains(use.name()) && !templated(scheme))
                problems.add(use.place()
                        .error(
                                "no-partner",
                                "no route has from: " + uri + ", so messages sent to it are not processed",
                                Suggestions.remedy(use.name(), from, "add a route with from: " + uri)));
            boolean calledBySlip =
                    Suggestions.close(use.name(), unanswered(to, from)).isPresent();
            if (use.isFrom() && !to.contains(use.name()) && !calledBySlip && !dynamic(scheme) && !mentioned(uri, use))
                problems.add(use.place()
                        .warning(
                                "never-called",
                                "no route sends to " + uri,
                                "remove the route, or send to it from another route"));
        }
    }

    private static Set<String> unanswered(Set<String> to, Set<String> from) {
        Set<String> rest = new HashSet<>(to);
        rest.removeAll(from);
        return rest;
    }

    /** Whether a route template may consume from such an endpoint when its parameters are known. */
    private boolean templated(String scheme) {
        return texts.stream().anyMatch(text -> text.startsWith(scheme + ":") && text.contains("{{"));
    }

    /** Whether an expression (enrich, recipientList) or a template mentions the URI. */
    private boolean mentioned(String uri, EndpointUse self) {
        return texts.stream().anyMatch(text -> !text.equals(self.mark().uri()) && text.contains(uri));
    }

    /** Whether a list of URIs (recipientList, routingSlip, a dead-letter channel) contains the URI. */
    private boolean listed(String uri, EndpointUse self) {
        Pattern whole = Pattern.compile(Pattern.quote(uri) + "(?![\\w./-])");
        return texts.stream()
                .anyMatch(text ->
                        !text.equals(self.mark().uri()) && whole.matcher(text).find());
    }

    private enum Side {
        FROM,
        TO
    }

    private Set<String> names(String scheme, Side side) {
        return uses.stream()
                .filter(use -> use.scheme().equals(scheme) && !use.isDynamic() && use.isFrom() == (side == Side.FROM))
                .map(EndpointUse::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean dynamic(String scheme) {
        return uses.stream()
                .anyMatch(use -> use.isDynamic()
                        && (use.scheme().equals(scheme) || use.scheme().contains("${")));
    }
}
