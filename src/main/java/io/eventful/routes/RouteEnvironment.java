package io.eventful.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * Names outside of the route files that routes may refer to, or that refer to routes.
 *
 * @param upstreams names of the upstreams
 * @param channels names of the configured channels, which other clients may use, too
 * @param subscriptions the file of declared subscriptions, if there is one
 */
record RouteEnvironment(Set<String> upstreams, Set<String> channels, Optional<RouteFile> subscriptions) {

    /** Key of the path of the declared subscriptions; without it, subscriptions are not checked. */
    private static final String SUBSCRIPTIONS = "eventful.subscriptions.file";

    static RouteEnvironment of(Environment environment) {
        Binder binder = Binder.get(environment);
        Set<String> upstreams = names(binder, "eventful.upstreams");
        upstreams.add("default");
        return new RouteEnvironment(upstreams, names(binder, "eventful.channels"), subscriptions(environment));
    }

    /** An unreadable file is ignored here, because loading the subscriptions reports it. */
    private static Optional<RouteFile> subscriptions(Environment environment) {
        String file = environment.getProperty(SUBSCRIPTIONS);
        if (file == null || !Files.isRegularFile(Path.of(file))) return Optional.empty();
        try {
            return Optional.of(new RouteFile(file, Files.readString(Path.of(file))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Set<String> names(Binder binder, String prefix) {
        return new TreeSet<>(binder.bind(prefix, Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of)
                .keySet());
    }
}
