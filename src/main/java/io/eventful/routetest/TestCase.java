package io.eventful.routetest;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One test of a file.
 *
 * @param file what it stands in
 * @param spot where it begins
 */
public record TestCase(TestFile file, Spot spot, String name, Yam.Mapping document) {

    Yam.Mapping given() {
        return part("given");
    }

    Yam.Mapping then() {
        return part("then");
    }

    List<Yam.Mapping> calls() {
        return list(document, "when").stream().map(each -> (Yam.Mapping) each).toList();
    }

    private Yam.Mapping part(String name) {
        return document.get(name) instanceof Yam.Mapping mapping ? mapping : new Yam.Mapping(spot, Map.of());
    }

    /** A member's elements; empty when it is absent. */
    static List<Yam> list(Yam.Mapping mapping, String name) {
        @Nullable Yam value = mapping.get(name);
        return value == null ? List.of() : value.many();
    }

    /** A member's text; empty when it is absent. */
    static String text(Yam.Mapping mapping, String name) {
        @Nullable Yam value = mapping.get(name);
        return value == null ? "" : value.text();
    }

    @Override
    public String toString() {
        return file.path() + ": " + name;
    }
}
