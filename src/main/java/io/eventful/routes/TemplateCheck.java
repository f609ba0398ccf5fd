package io.eventful.routes;

import io.eventful.edge.OwnNames;
import io.eventful.event.PathTemplate;
import io.eventful.event.Subjects;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks paths: templates that contradict or hide each other, and unknown upstreams. */
final class TemplateCheck {

    /** A variable as other routers write it. */
    private static final Pattern COLON = Pattern.compile("/(:[A-Za-z_][A-Za-z0-9_-]*)");

    private static final Map<String, String> STANDARD = Map.ofEntries(
            Map.entry("before", "ledger"),
            Map.entry("after", "auto"),
            Map.entry("guarantee", "intent"),
            Map.entry("order", "lane"),
            Map.entry("laneWait", "2s"),
            Map.entry("commands", "sync"),
            Map.entry("queries", "upstream"),
            Map.entry("success", "200-299"),
            Map.entry("id", "/id"),
            Map.entry("bodyLimit", "1MB"),
            Map.entry("exposePosition", "false"),
            Map.entry("ifMatch", "optional"),
            Map.entry("tolerance", "5m"),
            Map.entry("rate", "*"));

    /** A path that is served before captured templates are matched. */
    private record Answered(String path, String by) {}

    private final Collection<Outline> outlines;
    private final List<EndpointUse> uses;
    private final RouteEnvironment around;
    private final List<RouteProblem> problems;

    TemplateCheck(
            Collection<Outline> outlines,
            List<EndpointUse> uses,
            RouteEnvironment around,
            List<RouteProblem> problems) {
        this.outlines = outlines;
        this.uses = uses;
        this.around = around;
        this.problems = problems;
    }

    void check() {
        webhookPaths();
        List<CapturedPath> captured = new ArrayList<>();
        for (EndpointUse use : uses) {
            if (!use.scheme().equals("capture") || !use.isFrom()) continue;
            for (String option : List.of("upstream", "queryUpstream")) upstream(use, option);
            try {
                CapturedPath each = CapturedPath.of(use);
                literal(each);
                captured.add(each);
            } catch (IllegalArgumentException toldByItsEndpoint) {
                continue;
            }
        }
        List<Answered> answered = answered();
        for (int i = 0; i < captured.size(); i++) {
            reachable(captured.get(i), answered);
            for (CapturedPath earlier : captured.subList(0, i)) compare(earlier, captured.get(i), captured);
        }
    }

    /** A template that is understood, but hardly as it was meant. */
    private void literal(CapturedPath captured) {
        String template = captured.template().toString();
        Matcher colon = COLON.matcher(template);
        if (colon.find()) {
            problems.add(captured.use()
                    .place()
                    .warning(
                            "literal-template",
                            "\"" + colon.group(1) + "\" is no variable here, so only paths with exactly this text are"
                                    + " captured",
                            "write {" + colon.group(1).substring(1) + "}"));
            return;
        }
        boolean meant = Stream.of("scope", "before", "actions", "collection")
                .anyMatch(captured.use().options()::containsKey);
        if (template.contains("{") || template.endsWith("**") || meant) return;
        problems.add(captured.use()
                .place()
                .warning(
                        "literal-template",
                        template + " is one item, so a POST to it and all paths below it are not captured",
                        "write " + template + "/{id} for the items of a collection; if it is one item, name the scope"
                                + " that it depends on, or give before: fetch"));
    }

    private void upstream(EndpointUse use, String option) {
        String upstream = use.options().get(option);
        if (upstream != null && !around.upstreams().contains(upstream))
            problems.add(use.mark()
                    .placeOf(option)
                    .error(
                            "unknown-upstream",
                            "there is no upstream \"" + upstream + "\"",
                            Suggestions.remedy(
                                    upstream,
                                    around.upstreams(),
                                    "configure it with eventful.upstreams." + upstream + ".url")));
    }

    /** Reports different options of routes with the same template; capture itself would reject them, too. */
    private void compare(CapturedPath first, CapturedPath second, List<CapturedPath> all) {
        if (first.calls().sameShape(second.calls())) {
            compare(first.use(), second.use(), "the template " + second.template() + " is captured");
            return;
        }
        if (first.isAtCollectionOf(second) || second.isAtCollectionOf(first)) {
            CapturedPath path = first.bulk() == null ? second : first;
            problems.add(second.use()
                    .place()
                    .error(
                            "conflicting-options",
                            "the calls at " + path.calls() + " are captured in " + whereIs(first.use()) + ", too",
                            "remove one of the routes, or give both the same template and collection"));
            return;
        }
        if (!first.items().sameShape(second.items())) return;
        String items = "the items of " + second.items().collection(Map.of()) + " are captured";
        if (first.bulk() == null || second.bulk() == null) sameItems(first.use(), second.use(), items);
        else if (all.stream()
                .noneMatch(each -> each.bulk() == null && each.items().sameShape(first.items())))
            compare(first.use(), second.use(), items);
    }

    /** What the identity of an item consists of is the same at its own path and elsewhere. */
    private void sameItems(EndpointUse first, EndpointUse second, String what) {
        List<String> identity = around.upstreams().size() > 1 ? List.of("upstream", "scope") : List.of("scope");
        identity.stream()
                .filter(name -> !Objects.equals(
                        first.options().get(name), second.options().get(name)))
                .findFirst()
                .ifPresent(name -> different(first, second, what, name));
    }

    /** The same check for webhook paths. */
    private void webhookPaths() {
        Map<String, EndpointUse> first = new HashMap<>();
        for (EndpointUse use : uses) {
            if (!use.scheme().equals("webhook-in") || !use.isFrom() || use.isDynamic()) continue;
            String path = Subjects.normalise(slashed(use.name()));
            EndpointUse holder = first.putIfAbsent(path, use);
            if (holder != null) compare(holder, use, "webhooks at " + path + " are received");
        }
    }

    private void compare(EndpointUse first, EndpointUse second, String what) {
        Map<String, String> mine = written(first);
        Map<String, String> its = written(second);
        Optional<String> differing = Stream.concat(its.keySet().stream(), mine.keySet().stream())
                .filter(name -> !Objects.equals(its.get(name), mine.get(name)))
                .findFirst();
        if (differing.isEmpty()) return;
        different(first, second, what, differing.get());
    }

    private void different(EndpointUse first, EndpointUse second, String what, String option) {
        problems.add(second.mark()
                .placeOf(option)
                .error(
                        "conflicting-options",
                        what + " with a different \"" + option + "\" in " + whereIs(first),
                        "give both routes the same options"));
    }

    private static String whereIs(EndpointUse use) {
        return use.place().file() + ":" + use.place().line();
    }

    /** The options of a use without those that have their default value. */
    private static Map<String, String> written(EndpointUse use) {
        Map<String, String> options = new LinkedHashMap<>(use.options());
        options.entrySet().removeIf(option -> option.getValue().equals(STANDARD.get(option.getKey())));
        return options;
    }

    private static String slashed(String path) {
        return path.startsWith("/") ? path : '/' + path;
    }

    private List<Answered> answered() {
        List<Answered> answered = new ArrayList<>();
        for (EndpointUse use : uses)
            if (use.scheme().equals("webhook-in") && use.isFrom() && !use.isDynamic())
                answered.add(new Answered(slashed(use.name()), "webhook-in:" + use.name()));
        for (Outline outline : outlines)
            for (String path : outline.restPaths)
                answered.add(new Answered(path.replaceAll("\\{[^/}]*}", "x"), "rest: " + path));
        return answered;
    }

    private void reachable(CapturedPath captured, List<Answered> answered) {
        PathTemplate template = captured.calls();
        Place place = captured.use().place();
        if (OwnNames.isOwn(template.toString()))
            problems.add(place.error(
                    "template-never-matches",
                    "paths below " + OwnNames.PREFIX + " belong to the gateway, so " + template + " captures nothing",
                    "capture a path of the upstream"));
        if (template.toString().endsWith("**")) return;
        for (Answered each : answered)
            if (template.item(each.path()).isPresent())
                problems.add(place.warning(
                        "shadowed-template",
                        "calls to " + each.path() + " are answered by " + each.by() + " and never reach " + template,
                        "change one of the paths"));
    }
}
