package io.eventful.mutation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All mutations of a route file, the same ones at every run. */
final class Mutations {

    private static final List<Operator> OPERATORS =
            List.of(new Misspelt(), new Swapped(), new Broken(), new Removed(), new Renamed());

    private Mutations() {}

    static List<Mutation> of(Path file) {
        RouteText text = RouteText.read(file);
        Slips slips = new Slips(file.getFileName().toString().hashCode());
        Map<String, Mutation> all = new LinkedHashMap<>();
        Site.walk(
                text,
                site -> OPERATORS.forEach(operator -> operator.of(text, site, slips)
                        .forEach(mutation -> all.putIfAbsent(mutation.text(), mutation))));
        return new ArrayList<>(all.values());
    }
}
