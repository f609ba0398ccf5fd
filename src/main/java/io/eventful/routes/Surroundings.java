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
 * What routes may refer to, or are referred to by, that no route file says.
 *
 * @param upstreams names of the systems behind
 * @param channels names of the channels that the configuration names: others may write or read them
 * @param subscriptions the file of declared subscriptions, when there is one
 */
record Surroundings(Set<String> upstreams, Set<String> channels, Optional<RouteFile> subscriptions) {

    /** Where the file of declared subscriptions lies; without it, nobody's subscriptions are looked at. */
    private static final String SUBSCRIPTIONS = "eventful.subscriptions.file";

    static Surroundings of(Environment environment) {
        Binder binder = Binder.get(environment);
        Set<String> upstreams = names(binder, "eventful.upstreams");
        upstreams.add("default");
        return new Surroundings(upstreams, names(binder, "eventful.channels"), subscriptions(environment));
    }

    /** A file that cannot be read is reported when the subscriptions are loaded, so it is only left out here. */
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
