package io.eventful.routes;

import java.util.Arrays;
import java.util.Optional;

/** A step that needs a library or a bean without which Camel builds no route, and does not say for which step. */
enum NeedyStep {
    CIRCUIT_BREAKER(
            "circuitBreaker",
            "camel-resilience4j",
            "use onException or doTry with redeliveries instead, or put camel-resilience4j on the class path"),
    SAGA(
            "saga",
            "CamelSagaService",
            "declare a service under beans:, such as {name: sagas, type: org.apache.camel.saga.InMemorySagaService}");

    private final String step;
    private final String missing;
    private final String remedy;

    NeedyStep(String step, String missing, String remedy) {
        this.step = step;
        this.missing = missing;
        this.remedy = remedy;
    }

    static boolean isOne(String step) {
        return Arrays.stream(values()).anyMatch(each -> each.step.equals(step));
    }

    /**
     * The problem at the step, if a route could not be built because of one.
     *
     * @param line line of the route
     * @param message of the failure
     */
    static Optional<RouteProblem> problem(Outline outline, int line, String message) {
        return Arrays.stream(values())
                .filter(each -> message.contains(each.missing))
                .flatMap(each -> outline.needy.stream()
                        .filter(mark ->
                                mark.name().equals(each.step) && mark.place().line() >= line)
                        .limit(1)
                        .map(mark -> mark.place().error("route", message, each.remedy)))
                .findFirst();
    }
}
