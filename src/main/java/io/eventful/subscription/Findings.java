package io.eventful.subscription;

import java.util.ArrayList;
import java.util.List;

/** Collects what reading a document finds: problems, and the spelling of its names. */
final class Findings {

    private final List<RequestProblem> problems = new ArrayList<>();
    private final Origin origin;
    private NameStyle style = NameStyle.LOWER;

    /** Where a document comes from. */
    enum Origin {
        GIVEN,
        /** It was taken when it was given, perhaps by a version that let more pass. */
        STORED
    }

    Findings() {
        this(Origin.GIVEN);
    }

    Findings(Origin origin) {
        this.origin = origin;
    }

    void problem(String pointer, String detail, String remedy) {
        problems.add(new RequestProblem(pointer, detail, remedy));
    }

    /** The same for what an earlier version has let pass: what is stored stays as it is. */
    void problemOfGiven(String pointer, String detail, String remedy) {
        if (origin == Origin.GIVEN) problem(pointer, detail, remedy);
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
