package io.eventful.routes;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * What routes may refer to that no route file says.
 *
 * @param upstreams names of the systems behind
 * @param channels names of the channels that the configuration names: others may write or read them
 */
record Surroundings(Set<String> upstreams, Set<String> channels) {

    static Surroundings of(Environment environment) {
        Binder binder = Binder.get(environment);
        Set<String> upstreams = names(binder, "eventful.upstreams");
        upstreams.add("default");
        return new Surroundings(upstreams, names(binder, "eventful.channels"));
    }

    private static Set<String> names(Binder binder, String prefix) {
        return new TreeSet<>(binder.bind(prefix, Bindable.mapOf(String.class, Object.class))
                .orElseGet(Map::of)
                .keySet());
    }
}
