package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.ScopeName;
import io.eventful.event.PathTemplate;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The capture routes of a running gateway, the most specific first: that one takes a call.
 *
 * @param routes by their templates
 */
record CaptureRoutes(List<Route> routes) {

    private static final String SCHEME = "capture:";

    /** One route with the options of its {@code capture:}. */
    record Route(PathTemplate template, Map<String, String> options) {

        /** A comma list; empty without the option. */
        List<String> list(String option) {
            return List.of(options.getOrDefault(option, "").strip().split("\\s*,\\s*"));
        }

        boolean has(String option, String value) {
            return value.equalsIgnoreCase(options.getOrDefault(option, "").strip());
        }

        /** Whether a header field gives the scope of the items. */
        boolean isScope(String field) {
            return ScopeName.parse(options.getOrDefault("scope", "").strip()).isField(field);
        }

        /** The item that a call to a path is about. */
        private Optional<String> item(String path) {
            return template.item(path)
                    .or(() -> template.action(path, list("actions")).map(PathTemplate.Action::item))
                    .map(PathTemplate.Match::subject);
        }
    }

    /** @param routes response of {@code GET /api/routes} */
    static CaptureRoutes of(JsonNode routes) {
        return new CaptureRoutes(StreamSupport.stream(routes.path("routes").spliterator(), false)
                .map(route -> route.path("from").asText())
                .filter(from -> from.startsWith(SCHEME))
                .map(CaptureRoutes::route)
                .sorted(Comparator.comparing(Route::template))
                .toList());
    }

    private static Route route(String from) {
        String[] parts = from.substring(SCHEME.length()).split("\\?", 2);
        Map<String, String> options = new LinkedHashMap<>();
        if (parts.length > 1)
            for (String pair : parts[1].split("&")) {
                String[] option = pair.split("=", 2);
                if (option.length > 1) options.put(option[0], decoded(option[1]));
            }
        return new Route(PathTemplate.parse(decoded(parts[0])), options);
    }

    private static String decoded(String value) {
        return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** The item that a call to a path is about; empty if no route captures it. */
    Optional<String> item(String path) {
        return routes.stream().flatMap(route -> route.item(path).stream()).findFirst();
    }

    /** The names of all upstreams that the routes name, for their writes or reads. */
    Set<String> upstreams() {
        return routes.stream()
                .flatMap(route -> Stream.of("upstream", "queryUpstream").map(route.options()::get))
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The options of the route that has an item; none if no route has it. */
    Route of(String subject) {
        return routes.stream()
                .filter(route -> route.template().item(subject).isPresent())
                .findFirst()
                .orElseGet(() -> new Route(PathTemplate.parse("/**"), Map.of()));
    }
}
