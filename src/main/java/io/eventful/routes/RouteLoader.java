package io.eventful.routes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesBuilderLoader;
import org.apache.camel.spring.SpringCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Adds the routes of files to a started context one by one, so that every invalid one is reported. None consumes yet. */
final class RouteLoader {

    private static final Pattern LOCATION = Pattern.compile("(.*):([0-9]+)");

    private final SpringCamelContext context;
    private final Model model;
    private final List<RouteProblem> problems;
    private final List<Held> held = new ArrayList<>();
    private final Map<String, Outline> outlines = new HashMap<>();
    private final ErrorHandlers handlers;
    private String file = "";
    /** Line of the route that is being built; 0 if none is. */
    private int line;

    RouteLoader(SpringCamelContext context, List<RouteProblem> problems) {
        this.context = context;
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.problems = problems;
        this.handlers = new ErrorHandlers(context);
        model.addModelLifecycleStrategy(new Holding());
    }

    List<LoadedRoute> load(Map<RouteFile, Outline> sound) {
        sound.forEach((each, outline) -> outlines.put(each.path(), outline));
        List<RouteFile> files = List.copyOf(sound.keySet());
        Map<String, RouteBuilder> builders = new LinkedHashMap<>();
        Map<String, List<RouteDefinition>> routes = new LinkedHashMap<>();
        for (RouteFile each : files)
            attempt(each.path(), () -> {
                preParse(each);
                handlers.takeFrom(each.path());
            });
        for (RouteFile each : files) attempt(each.path(), () -> builders.put(each.path(), builder(each)));
        // Route configurations come before routes, and templates before templated routes, regardless of the file.
        builders.forEach((path, builder) -> attempt(path, () -> {
            if (builder instanceof RouteConfigurationsBuilder configurations)
                configurations.addRouteConfigurationsToCamelContext(context);
        }));
        builders.forEach((path, builder) -> attempt(path, () -> {
            List<RouteDefinition> own = builder.configureRoutes(context).getRoutes();
            handlers.takeFrom(path);
            RouteNames.assign(path, own, builder.getTemplatedRouteCollection().getTemplatedRoutes());
            routes.put(path, new ArrayList<>(own));
            own.clear();
            builder.addRoutesToCamelContext(context);
        }));
        builders.forEach((path, builder) -> attempt(path, () -> builder.addTemplatedRoutesToCamelContext(context)));
        routes.forEach((path, definitions) -> definitions.forEach(definition -> {
            line = Math.max(0, definition.getLineNumber());
            attempt(path, () -> model.addRouteDefinitions(List.of(definition)));
            line = 0;
        }));
        // Camel assigns ids to the routes of the rest: DSL when it adds them, so ids are complete only now.
        return held.stream()
                .map(each -> LoadedRoute.of(each.route(), each.file(), each.startup()))
                .toList();
    }

    private record Held(RouteDefinition route, String file, LoadedRoute.Startup startup) {}

    private interface Step {
        void run() throws Exception;
    }

    private void attempt(String path, Step step) {
        file = path;
        try {
            step.run();
        } catch (Exception e) {
            problems.add(problem(path, e));
        }
    }

    private static Resource resource(RouteFile each) {
        return ResourceHelper.fromString(each.path(), each.text());
    }

    private RoutesBuilderLoader yaml() throws Exception {
        return PluginHelper.getRoutesLoader(context).getRoutesLoader("yaml");
    }

    private void preParse(RouteFile each) throws Exception {
        yaml().preParseRoute(resource(each));
    }

    private RouteBuilder builder(RouteFile each) throws Exception {
        return (RouteBuilder) yaml().loadRoutesBuilder(resource(each));
    }

    private RouteProblem problem(String path, Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MarkedYamlEngineException marked)
                return Place.of(path, marked.getProblemMark().or(marked::getContextMark))
                        .error("not-canonical", Messages.of(marked), "see Camel's YAML DSL");
            String location = switch (cause) {
                case FailedToCreateRouteException create -> create.getLocation();
                case FailedToStartRouteException start -> start.getLocation();
                default -> null;
            };
            Matcher known = LOCATION.matcher(location == null ? "" : location);
            if (known.matches()) line = Integer.parseInt(known.group(2));
        }
        String message = Messages.of(failure);
        Place route = line > 0 ? new Place(path, line, 1) : Place.whole(path);
        Outline outline = outlines.get(path);
        if (outline == null) return route.error("route", message, "");
        return NeedyStep.problem(outline, line, message)
                .orElseGet(() -> outline.named(message).orElse(route).error("route", message, ""));
    }

    /** Prevents routes from consuming until their generation starts, and records which ones start automatically. */
    private final class Holding extends ModelLifecycleStrategySupport {
        @Override
        public void onAddRouteDefinition(RouteDefinition route) {
            // Camel adds a route of the rest: DSL more than once; only the first time it has the autoStartup of its
            // file.
            if (held.stream().anyMatch(each -> each.route() == route)) return;
            TemplateParameters parameters = TemplateParameters.of(route);
            parameters.resolveAddresses(route);
            new DataTypePlaceholders(context, route).resolve();
            handlers.give(route, file);
            String wanted = route.getAutoStartup();
            boolean manual = wanted != null
                    && "false".equalsIgnoreCase(context.resolvePropertyPlaceholders(parameters.in(wanted)));
            route.setAutoStartup("false");
            LoadedRoute.Startup startup = manual ? LoadedRoute.Startup.MANUAL : LoadedRoute.Startup.AUTOMATIC;
            held.add(new Held(route, file, startup));
        }
    }
}
