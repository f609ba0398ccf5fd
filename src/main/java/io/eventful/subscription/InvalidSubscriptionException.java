package io.eventful.subscription;

import java.util.List;
import java.util.stream.Collectors;

/** A request that cannot become a subscription, with everything that is wrong with it. */
public final class InvalidSubscriptionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<RequestProblem> problems;

    public InvalidSubscriptionException(List<RequestProblem> problems) {
        super(problems.stream()
                .map(problem -> problem.pointer() + ": " + problem.detail())
                .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    /** At least one, in the order of the document. */
    public List<RequestProblem> problems() {
        return problems;
    }
}
