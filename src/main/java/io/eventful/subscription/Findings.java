package io.eventful.subscription;

import java.util.ArrayList;
import java.util.List;

/** Collects what reading a document finds: problems, and the spelling of its names. */
final class Findings {

    private final List<RequestProblem> problems = new ArrayList<>();
    private NameStyle style = NameStyle.LOWER;

    void problem(String pointer, String detail, String remedy) {
        problems.add(new RequestProblem(pointer, detail, remedy));
    }

    void camelCase() {
        style = NameStyle.CAMEL;
    }

    NameStyle style() {
        return style;
    }

    boolean clean() {
        return problems.isEmpty();
    }

    /** Throws everything found, when anything was. */
    void raise() {
        if (!problems.isEmpty()) throw new InvalidSubscriptionException(problems);
    }
}
