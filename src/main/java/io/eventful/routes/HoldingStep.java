package io.eventful.routes;

import io.eventful.routes.Outline.NameMark;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A step that holds messages in memory. For Camel a message has been handled when such a step has it, so it is
 * acknowledged, and lost if the step does not pass it on before its route stops.
 */
enum HoldingStep {
    AGGREGATE("aggregate", "add forceCompletionOnStop: true, or a durable aggregationRepository") {
        @Override
        boolean loses(Node step) {
            return !isSet(step, "forceCompletionOnStop") && !isSet(step, "aggregationRepository") && !isAwaited(step);
        }
    },
    RESEQUENCE(
            "resequence", "remove it: the messages of a subject come in order, except those marked order: observed") {
        @Override
        boolean loses(Node step) {
            return true;
        }
    };

    /** What completes an aggregate for which no further message comes. */
    private static final Set<String> ENDS =
            Set.of("completionTimeout", "completionTimeoutExpression", "completionInterval");

    private final String step;
    private final String remedy;

    HoldingStep(String step, String remedy) {
        this.step = step;
        this.remedy = remedy;
    }

    abstract boolean loses(Node step);

    /** A stop waits for the aggregate, and the aggregate ends by itself. */
    private static boolean isAwaited(Node step) {
        return isSet(step, "completeAllOnStop") && ENDS.stream().anyMatch(end -> YamlTree.member(step, end) != null);
    }

    private static boolean isSet(Node step, String option) {
        return YamlTree.memberText(step, option)
                .filter(value -> !value.equals("false"))
                .isPresent();
    }

    /** The mark of a step that loses what it holds; empty if it is another one. */
    static Optional<NameMark> mark(String file, Node name, Node value) {
        if (!(value instanceof MappingNode)) return Optional.empty();
        return List.of(values()).stream()
                .filter(each -> each.step.equals(YamlTree.text(name)) && each.loses(value))
                .map(each -> new NameMark(each.name(), Place.of(file, name)))
                .findFirst();
    }

    static void check(Collection<Outline> outlines, List<RouteProblem> problems) {
        for (Outline outline : outlines)
            for (NameMark mark : outline.holding)
                problems.add(valueOf(mark.name()).problem(mark.place()));
    }

    private RouteProblem problem(Place place) {
        return place.warning(
                "held-in-memory",
                "what \"" + step + "\" holds is lost whenever the route stops, such as at a reload, because it is"
                        + " acknowledged already",
                remedy);
    }
}
