package io.eventful.routetest;

import io.eventful.routes.Suggestions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a test is given, by name: nothing can be expected of anybody else, and that there is nothing would always be true. */
final class Provisions {

    private final Yam.Mapping given;
    private final List<TestProblem> problems;

    private Provisions(Yam.Mapping given, List<TestProblem> problems) {
        this.given = given;
        this.problems = problems;
    }

    /** Adds what is wrong with the names in what is expected to the problems. */
    static void check(Yam.Mapping given, Yam.Mapping then, List<TestProblem> problems) {
        Provisions provisions = new Provisions(given, problems);
        Set<String> subscribers = Subscribers.names(given);
        if (then.get("subscribers") instanceof Yam.Mapping expected)
            expected.members().forEach((name, member) -> provisions.subscriber(name, member.name(), subscribers));
        for (Yam delivery : TestCase.list(then, "deliveries"))
            if (delivery instanceof Yam.Mapping mapping && mapping.get("subscriber") instanceof Yam.Value name)
                provisions.subscriber(name.text(), name.spot(), subscribers);
        if (then.get("systems") instanceof Yam.Mapping expected)
            expected.members().forEach((key, member) -> provisions.system(key, member.name()));
        if (then.get("endpoints") instanceof Yam.Mapping expected)
            expected.members().forEach((key, member) -> provisions.endpoint(key, member.name()));
    }

    private void subscriber(String name, Spot spot, Set<String> known) {
        if (!known.contains(name))
            add(spot, "given has no subscriber " + name, name, known, "add it to the subscribers of given");
    }

    private void system(String key, Spot spot) {
        Set<String> known = given.get("systems") instanceof Yam.Mapping systems
                ? systems.members().keySet()
                : Set.of();
        if (!known.contains(key)) add(spot, "given has no system " + key, key, known, "add it to the systems of given");
    }

    private void endpoint(String key, Spot spot) {
        int colon = key.indexOf(':');
        if (colon < 1) {
            String remedy = "write its scheme and path, such as kafka:topic";
            problems.add(new TestProblem(spot, key + " is not an endpoint", remedy));
            return;
        }
        String scheme = key.substring(0, colon);
        Set<String> replaced = new TreeSet<>(StandIns.BROKERS);
        for (Yam each : TestCase.list(given, "endpoints")) replaced.add(each.text());
        if (!replaced.contains(scheme))
            add(
                    spot,
                    "given.endpoints does not replace " + scheme,
                    scheme,
                    replaced,
                    "add " + scheme + " to the endpoints of given");
    }

    private void add(Spot spot, String what, String name, Set<String> known, String otherwise) {
        problems.add(new TestProblem(spot, what, Suggestions.remedy(name, known, otherwise)));
    }
}
