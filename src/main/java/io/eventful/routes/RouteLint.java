package io.eventful.routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Runs the gateway's checks of route files without a gateway: without port, broker, store or data folder.
 */
public final class RouteLint implements AutoCloseable {

    private final RoutesLimits limits;
    private final GenericApplicationContext application = new GenericApplicationContext();
    private final GenerationBuilder builder;
    private final CamelContexts contexts;

    /**
     * @param settings settings of the routes
     * @param properties the configuration, for placeholders, upstreams and channels
     */
    public RouteLint(RoutesSettings settings, Map<String, Object> properties) {
        this.limits = settings.limits();
        application.getEnvironment().getPropertySources().addFirst(new MapPropertySource("eventful", properties));
        application.refresh();
        this.contexts = new CamelContexts(application, limits, new RouteMetadataCache());
        this.builder = new GenerationBuilder(settings, contexts, new RestTable(Duration.ofSeconds(1)));
    }

    /** Each folder is checked as a separate set, all named files as one set. Sub-folders are ignored. */
    public LintReport lint(List<Path> paths) {
        List<RouteFolder.Content> sets = new ArrayList<>();
        List<RouteFile> named = new ArrayList<>();
        List<RouteProblem> unreadable = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) sets.add(new RouteFolder(path.toString(), limits).read());
            else RouteFolder.readFile(path, path.toString(), limits, named, unreadable);
        }
        if (!named.isEmpty() || !unreadable.isEmpty()) sets.add(new RouteFolder.Content(named, unreadable));
        Map<String, String> files = new LinkedHashMap<>();
        List<RouteProblem> problems = new ArrayList<>();
        contexts.surroundings().subscriptions().ifPresent(file -> files.put(file.path(), file.text()));
        for (RouteFolder.Content set : sets) {
            set.files().forEach(file -> files.put(file.path(), file.text()));
            problems.addAll(builder.check(set));
        }
        problems.sort(RouteProblem.BY_PLACE);
        return new LintReport(files, problems);
    }

    /** Builds the routes of a folder as a gateway would, without starting any. Close it before this. */
    public RouteSurvey survey(Path folder) {
        return builder.survey(new RouteFolder(folder.toString(), limits).read());
    }

    @Override
    public void close() {
        application.close();
    }
}
