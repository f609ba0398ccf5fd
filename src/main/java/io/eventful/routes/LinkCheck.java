package io.eventful.routes;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether what one route sends arrives at another: channels, and the addresses within one set of routes. */
final class LinkCheck {

    private static final Set<String> INSIDE = Set.of("direct", "seda");

    private final List<Use> uses;
    private final Set<String> texts;
    private final Set<String> configured;
    private final List<RouteProblem> problems;

    /** @param texts all that the files say */
    LinkCheck(Set<String> texts, List<Use> uses, Surroundings around, List<RouteProblem> problems) {
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
        for (Use use : uses) {
            String name = use.name();
            if (use.isDynamic() || configured.contains(name)) continue;
            if (use.scheme().equals("channel") && !use.isFrom() && !read.contains(name) && !templated("channel"))
                unread(use, read);
            if (use.scheme().equals("channel")
                    && use.isFrom()
                    && !written.contains(name)
                    && !writesAnywhere
                    && !listed("channel:" + name, use)) unwritten(use, written);
            if (use.scheme().equals("subscribers") && !known.contains(name) && !writesAnywhere) unknown(use, known);
        }
    }

    private void unread(Use use, Set<String> read) {
        String message = "no route reads the channel \"" + use.name() + "\"";
        RouteProblem unread = use.place()
                .warning(
                        "channel-never-read",
                        message + ", so no subscription gets its events",
                        "add a route from channel:" + use.name() + " to subscribers:" + use.name()
                                + ", or name the channel under eventful.channels when other clients of the broker read"
                                + " it");
        adrift(use, read, message, unread);
    }

    private void unwritten(Use use, Set<String> written) {
        String message = "no route writes to the channel \"" + use.name() + "\"";
        RouteProblem unwritten = use.place()
                .warning(
                        "channel-never-written",
                        message + ", so nothing arrives here",
                        "write to it with to: channel:" + use.name()
                                + ", or name it under eventful.channels when other clients of the broker write it");
        adrift(use, written, message, unwritten);
    }

    /** Reports a channel that is used at one end only: as a slip when a channel that is there has nearly the same name. */
    private void adrift(Use use, Set<String> there, String message, RouteProblem otherwise) {
        Set<String> known = new TreeSet<>(there);
        known.addAll(configured);
        problems.add(misspelt(use, known, message).orElse(otherwise));
    }

    private void unknown(Use use, Set<String> known) {
        String message = "no route writes or reads a channel \"" + use.name() + "\"";
        Optional<String> near = NearMiss.close(use.name(), known);
        if (near.isPresent())
            problems.add(use.place().error("unknown-channel", message, "did you mean \"" + near.get() + "\"?"));
        else
            problems.add(use.place()
                    .warning(
                            "unknown-channel",
                            message + ", so only subscriptions that name it get these events",
                            known.isEmpty() ? "" : "the channels are " + String.join(", ", known)));
    }

    private static Optional<RouteProblem> misspelt(Use use, Set<String> others, String message) {
        return NearMiss.close(use.name(), others)
                .map(near -> use.place().error("misspelt-channel", message, "did you mean \"" + near + "\"?"));
    }

    private void inside(String scheme) {
        Set<String> from = names(scheme, Side.FROM);
        Set<String> to = names(scheme, Side.TO);
        for (Use use : uses) {
            if (!use.scheme().equals(scheme) || use.isDynamic()) continue;
            String uri = scheme + ":" + use.name();
            if (!use.isFrom() && !from.contains(use.name()) && !templated(scheme))
                problems.add(use.place()
                        .error(
                                "no-partner",
                                "no route begins with " + uri + ", so what is sent there is not handled",
                                NearMiss.remedy(use.name(), from, "add a route from " + uri)));
            boolean calledBySlip =
                    NearMiss.close(use.name(), unanswered(to, from)).isPresent();
            if (use.isFrom() && !to.contains(use.name()) && !calledBySlip && !dynamic(scheme) && !mentioned(uri, use))
                problems.add(use.place()
                        .warning("never-called", "no route sends to " + uri, "remove the route, or call it"));
        }
    }

    private static Set<String> unanswered(Set<String> to, Set<String> from) {
        Set<String> rest = new HashSet<>(to);
        rest.removeAll(from);
        return rest;
    }

    /** A route template may begin there once its parameters are known. */
    private boolean templated(String scheme) {
        return texts.stream().anyMatch(text -> text.startsWith(scheme + ":") && text.contains("{{"));
    }

    /** An expression (enrich, recipientList) or a template may name it without being an endpoint itself. */
    private boolean mentioned(String uri, Use self) {
        return texts.stream().anyMatch(text -> !text.equals(self.mark().uri()) && text.contains(uri));
    }

    /** Among several addresses (recipientList, routingSlip, a dead-letter channel), whose text is more than this one. */
    private boolean listed(String uri, Use self) {
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
                .map(Use::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean dynamic(String scheme) {
        return uses.stream()
                .anyMatch(use -> use.isDynamic()
                        && (use.scheme().equals(scheme) || use.scheme().contains("${")));
    }
}
