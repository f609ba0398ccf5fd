package io.eventful.routes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.spring.SpringCamelContext;
import org.snakeyaml.engine.v2.nodes.Node;

/** Checks a set of route files as a whole, and builds a generation from it if there are no errors. */
final class GenerationBuilder {

    private final String directory;
    private final RoutesLimits limits;
    private final CamelContexts contexts;
    private final RestTable restTable;

    GenerationBuilder(RoutesSettings settings, CamelContexts contexts, RestTable restTable) {
        this.directory = settings.directory();
        this.limits = settings.limits();
        this.contexts = contexts;
        this.restTable = restTable;
    }

    /** A generation that is ready to start, and the warnings about its files. */
    record Built(Generation generation, List<RouteProblem> warnings) {}

    /** Fails with {@link RouteSetException}, which lists all problems, and releases all resources. */
    Built build(long number, RouteFolder.Content content) {
        List<RouteProblem> problems = new ArrayList<>(content.problems());
        EdgeRestComponent rest = new EdgeRestComponent(restTable, limits);
        SpringCamelContext context = contexts.create("routes-" + number, rest);
        try {
            context.start();
            List<LoadedRoute> routes = checked(context, content.files(), problems);
            if (problems.stream().anyMatch(RouteProblem::isError)) throw refused(problems);
            return new Built(new Generation(number, context, routes, rest), sorted(problems));
        } catch (RuntimeException | Error e) {
            context.stop();
            throw e;
        }
    }

    /** The problems that {@link #build} would find, without connecting to anything. */
    List<RouteProblem> check(RouteFolder.Content content) {
        List<RouteProblem> problems = new ArrayList<>(content.problems());
        SpringCamelContext context = contexts.create("routes-check", new EdgeRestComponent(restTable, limits));
        try {
            context.getCamelContextExtension().registerEndpointCallback(CheckOnlyEndpoint::of);
            context.start();
            checked(context, content.files(), problems);
            return listed(problems);
        } finally {
            context.stop();
        }
    }

    /** The routes that {@link #build} would make, for whoever asks what they do; nothing is started or connected to. */
    RouteSurvey survey(RouteFolder.Content content) {
        List<RouteProblem> problems = new ArrayList<>(content.problems());
        EdgeRestComponent rest = new EdgeRestComponent(restTable, limits);
        SpringCamelContext context = contexts.create("routes-survey", rest);
        try {
            context.getCamelContextExtension().registerEndpointCallback(CheckOnlyEndpoint::ofOthers);
            context.start();
            List<LoadedRoute> routes = checked(context, content.files(), problems);
            rest.install();
            return new RouteSurvey(context, routes, listed(problems), restTable);
        } catch (RuntimeException | Error e) {
            context.stop();
            throw e;
        }
    }

    private List<LoadedRoute> checked(SpringCamelContext context, List<RouteFile> files, List<RouteProblem> problems) {
        Map<RouteFile, Outline> outlines = outlines(files, problems);
        SetCheck.check(outlines.values(), problems);
        HoldingStep.check(outlines.values(), problems);
        new NamesCheck(context, contexts.surroundings(), problems).check(outlines.values());
        Set<String> beans = outlines.values().stream()
                .flatMap(outline -> outline.beans.stream())
                .collect(Collectors.toSet());
        EndpointCheck endpoints = new EndpointCheck(context, beans, problems);
        outlines.values().forEach(endpoints::check);
        // A set with errors is built only to find further problems, with inert endpoints: it opens no queue and changes
        // no view.
        if (problems.stream().anyMatch(RouteProblem::isError))
            context.getCamelContextExtension().registerEndpointCallback(CheckOnlyEndpoint::of);
        Set<String> faulty = problems.stream()
                .filter(RouteProblem::isError)
                .map(RouteProblem::file)
                .collect(Collectors.toSet());
        Map<RouteFile, Outline> sound = new LinkedHashMap<>(outlines);
        sound.keySet().removeIf(file -> faulty.contains(file.path()));
        List<LoadedRoute> loaded = new RouteLoader(context, problems).load(sound);
        new RenderCheck(context, loaded, sound.values(), problems).check(context.getRouteDefinitions());
        new ScopeCheck(context, loaded, sound.values(), problems).check(context.getRouteDefinitions());
        return loaded;
    }

    private Map<RouteFile, Outline> outlines(List<RouteFile> files, List<RouteProblem> problems) {
        Map<RouteFile, Outline> outlines = new LinkedHashMap<>();
        if (files.isEmpty()) return outlines;
        DslSchema schema = contexts.knowledge().schema();
        for (RouteFile file : files) {
            int before = problems.size();
            Optional<Node> root = YamlTree.read(file, problems);
            root.ifPresent(node -> new DslCheck(schema, file.path(), problems).check(node));
            // Schema problems do not prevent the other checks, unless the file cannot be traversed.
            boolean walkable =
                    problems.stream().skip(before).noneMatch(problem -> DslCheck.BARS.contains(problem.rule()));
            if (root.isPresent() && walkable) outlines.put(file, OutlineReader.read(file.path(), root.get()));
        }
        return outlines;
    }

    private RouteSetException refused(List<RouteProblem> problems) {
        return new RouteSetException(directory, listed(problems));
    }

    /** The worst first; warnings that are not listed are no error, as those that are listed are none. */
    private List<RouteProblem> listed(List<RouteProblem> problems) {
        List<RouteProblem> all = sorted(problems);
        if (all.size() <= limits.problems()) return all;
        List<RouteProblem> listed = new ArrayList<>(all.subList(0, limits.problems()));
        RouteProblem.Severity worst = all.get(limits.problems()).severity();
        int more = all.size() - limits.problems();
        listed.add(new RouteProblem(
                directory,
                0,
                0,
                "too-many-problems",
                worst,
                more + " more problems are not listed",
                "mend these first"));
        return listed;
    }

    private static List<RouteProblem> sorted(List<RouteProblem> problems) {
        return problems.stream().distinct().sorted(RouteProblem.BY_PLACE).toList();
    }
}
