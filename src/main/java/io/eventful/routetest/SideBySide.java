package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what expectations are about among things that come side by side: events of several channels, and deliveries to
 * several subscribers. Only within each of these groups is there an order.
 *
 * @param group member that names the group of a thing
 * @param fits whether a thing is as expected
 */
record SideBySide(String group, BiPredicate<Yam, JsonNode> fits) {

    private static final List<String> GROUPS = List.of("channel", "subscriber");

    /** The thing of each expectation, null where there is none. Without any order, as many as possible fit. */
    List<@Nullable JsonNode> unordered(List<Yam> expectations, List<JsonNode> things) {
        int[] taken = Matching.of(
                expectations.size(), things.size(), (i, thing) -> fits.test(expectations.get(i), things.get(thing)));
        List<@Nullable JsonNode> found = new ArrayList<>();
        for (int each : taken) found.add(each < 0 ? null : things.get(each));
        return found;
    }

    /** The same with the order within each group. */
    List<@Nullable JsonNode> ordered(List<Yam> expectations, List<JsonNode> things) {
        List<JsonNode> left = new ArrayList<>(things);
        List<@Nullable JsonNode> found = new ArrayList<>();
        for (int i = 0; i < expectations.size(); i++) {
            JsonNode next = next(expectations.get(i), left, expectations.subList(i + 1, expectations.size()));
            found.add(next);
            if (next != null) left.removeIf(each -> each == next);
        }
        return found;
    }

    /**
     * The next thing of the group that the expectation names. One that names none takes that of a group of which enough
     * is left for those that name it, and rather one that is as expected.
     */
    private @Nullable JsonNode next(Yam expectation, List<JsonNode> left, List<Yam> later) {
        List<JsonNode> heads = heads(expectation, left);
        if (heads.size() < 2) return heads.isEmpty() ? null : heads.getFirst();
        List<JsonNode> spare =
                heads.stream().filter(head -> isSpare(head, left, later)).toList();
        List<JsonNode> choice = spare.isEmpty() ? heads : spare;
        return choice.stream()
                .filter(head -> fits.test(expectation, head))
                .findFirst()
                .orElse(choice.getFirst());
    }

    /** The first of each group. */
    private List<JsonNode> heads(Yam expectation, List<JsonNode> left) {
        Set<String> groups = new HashSet<>();
        return left.stream()
                .filter(each -> isOfSameGroup(expectation, each))
                .filter(each -> groups.add(each.path(group).asText()))
                .toList();
    }

    private boolean isSpare(JsonNode head, List<JsonNode> left, List<Yam> later) {
        String name = head.path(group).asText();
        long there = left.stream()
                .filter(each -> each.path(group).asText().equals(name))
                .count();
        long wanted = later.stream()
                .filter(each -> TestCase.text((Yam.Mapping) each, group).equals(name))
                .count();
        return there > wanted;
    }

    /** Whether a thing may be the next one that an expectation is about. */
    private static boolean isOfSameGroup(Yam expectation, JsonNode actual) {
        for (String group : GROUPS) {
            String wanted = TestCase.text((Yam.Mapping) expectation, group);
            if (!wanted.isEmpty()
                    && actual.has(group)
                    && !actual.path(group).asText().equals(wanted)) return false;
        }
        return true;
    }
}
