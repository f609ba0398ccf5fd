package io.eventful.routes;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DisabledAwareDefinition;
import org.apache.camel.model.FinallyDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.TryDefinition;
import org.jspecify.annotations.Nullable;

/**
 * A group of steps that belongs to a step, but is not among its outputs, such as {@code doCatch}.
 *
 * @param head what begins the group
 */
record Clause(OptionalIdentifiedDefinition<?> head, List<ProcessorDefinition<?>> steps) {

    /** The clauses of a step, in the order in which they come. */
    static List<Clause> of(ProcessorDefinition<?> step) {
        List<Clause> all = new ArrayList<>();
        switch (step) {
            case ChoiceDefinition choice -> {
                choice.getWhenClauses().forEach(each -> add(each, all));
                add(choice.getOtherwise(), all);
            }
            case TryDefinition attempt -> {
                attempt.getCatchClauses().forEach(each -> add(each, all));
                add(attempt.getFinallyClause(), all);
            }
            case CircuitBreakerDefinition breaker -> add(breaker.getOnFallback(), all);
            default -> {}
        }
        all.removeIf(each -> each.head() instanceof DisabledAwareDefinition head && "true".equals(head.getDisabled()));
        return all;
    }

    private static <T extends OptionalIdentifiedDefinition<?> & OutputNode> void add(
            @Nullable T head, List<Clause> all) {
        if (head != null) all.add(new Clause(head, head.getOutputs()));
    }

    /** Whether any event comes to the clause, and not only some. */
    boolean isForAll() {
        return head instanceof FinallyDefinition;
    }
}
