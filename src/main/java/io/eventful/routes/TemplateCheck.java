package io.eventful.routes;

import io.eventful.event.PathTemplate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What routes say of paths: templates that contradict or hide each other, upstreams that do not exist. */
final class TemplateCheck {

    private static final String OWN = "/.eventful";

    private record Captured(Use use, PathTemplate template) {}

    /** A path that is answered before any captured one. */
    private record Answered(String path, String by) {}

    private final Collection<Outline> outlines;
    private final List<Use> uses;
    private final Surroundings around;
    private final List<RouteProblem> problems;

    TemplateCheck(Collection<Outline> outlines, List<Use> uses, Surroundings around, List<RouteProblem> problems) {
        this.outlines = outlines;
        this.uses = uses;
        this.around = around;
        this.problems = problems;
    }

    void check() {
        List<Captured> captured = new ArrayList<>();
        for (Use use : uses) {
            if (!use.scheme().equals("capture") || !use.isFrom()) continue;
            upstream(use);
            try {
                captured.add(new Captured(use, PathTemplate.parse(use.name())));
            } catch (IllegalArgumentException toldByItsEndpoint) {
                continue;
            }
        }
        List<Answered> answered = answered();
        for (int i = 0; i < captured.size(); i++) {
            reachable(captured.get(i), answered);
            for (Captured earlier : captured.subList(0, i)) compare(earlier, captured.get(i));
        }
    }

    private void upstream(Use use) {
        String upstream = use.options().get("upstream");
        if (upstream != null && !around.upstreams().contains(upstream))
            problems.add(use.mark()
                    .placeOf("upstream")
                    .error(
                            "unknown-upstream",
                            "there is no upstream \"" + upstream + "\"",
                            NearMiss.remedy(
                                    upstream,
                                    around.upstreams(),
                                    "give its address with eventful.upstreams." + upstream + ".url")));
    }

    /** Options that differ are told here with both places; the capturing itself would refuse them too. */
    private void compare(Captured first, Captured second) {
        if (!first.template().sameShape(second.template())) return;
        Map<String, String> options = second.use().options();
        if (first.use().options().equals(options)) return;
        String differing = options.keySet().stream()
                .filter(name ->
                        !Objects.equals(options.get(name), first.use().options().get(name)))
                .findFirst()
                .orElseGet(() -> first.use().options().keySet().stream()
                        .filter(name -> !options.containsKey(name))
                        .findFirst()
                        .orElse(""));
        Place other = first.use().place();
        problems.add(second.use()
                .mark()
                .placeOf(differing)
                .error(
                        "conflicting-options",
                        "the template " + second.template() + " is captured with another \"" + differing + "\" in "
                                + other.file() + ":" + other.line(),
                        "give both routes the same options"));
    }

    private List<Answered> answered() {
        List<Answered> answered = new ArrayList<>();
        for (Use use : uses)
            if (use.scheme().equals("webhook-in") && use.isFrom() && !use.isDynamic())
                answered.add(new Answered(
                        use.name().startsWith("/") ? use.name() : "/" + use.name(), "webhook-in:" + use.name()));
        for (Outline outline : outlines)
            for (String path : outline.restPaths)
                answered.add(new Answered(path.replaceAll("\\{[^/}]*}", "x"), "rest: " + path));
        return answered;
    }

    private void reachable(Captured captured, List<Answered> answered) {
        PathTemplate template = captured.template();
        Place place = captured.use().place();
        if (template.toString().equals(OWN) || template.toString().startsWith(OWN + "/"))
            problems.add(place.error(
                    "template-never-matches",
                    "paths below " + OWN + " are the gateway's own, so " + template + " captures nothing",
                    "capture a path of the system behind"));
        if (template.toString().endsWith("**")) return;
        for (Answered each : answered)
            if (template.item(each.path()).isPresent())
                problems.add(place.warning(
                        "shadowed-template",
                        "calls to " + each.path() + " are answered by " + each.by() + " and never reach " + template,
                        "give one of them another path"));
    }
}
