package io.eventful.routetest;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which steps of the tested routes some test has reached. Thread-safe. */
public final class Coverage {

    private final Map<Step, Boolean> steps = new TreeMap<>(
            Comparator.comparing(Step::file).thenComparingInt(Step::line).thenComparing(Step::what));

    /**
     * A step of a route.
     *
     * @param what the step in short, such as {@code transformDataType[event:state]}
     * @param file name of the route file
     * @param line where it stands; 0 or less when that is not known
     */
    public record Step(String route, String what, String file, int line) {}

    synchronized void known(Step step) {
        steps.putIfAbsent(step, Boolean.FALSE);
    }

    synchronized void reached(Step step) {
        steps.put(step, Boolean.TRUE);
    }

    /** Steps that no test has reached. */
    public synchronized List<Step> missed() {
        return steps.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Routes of which no step was reached. */
    public synchronized Collection<String> missedRoutes() {
        Map<String, Boolean> routes = new TreeMap<>();
        steps.forEach((step, reached) -> routes.merge(step.route(), reached, Boolean::logicalOr));
        return routes.entrySet().stream()
                .filter(entry -> !entry.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many steps the tested routes have. */
    public synchronized int all() {
        return steps.size();
    }
}
