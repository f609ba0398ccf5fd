package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Json;
import io.eventful.event.JsonPointers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a test expects with what happened. An expected object may leave members out, at every depth; a list is
 * compared element by element, and has as many.
 */
final class Comparison {

    /** How much has to agree. */
    enum Mode {
        SUBSET,
        /** Nothing may be left out, and numbers agree to the digit. */
        EXACTLY
    }

    private final Mode mode;
    private final Set<String> ignored;
    private final List<Mismatch> mismatches = new ArrayList<>();

    private Comparison(Mode mode, Set<String> ignored) {
        this.mode = mode;
        this.ignored = ignored;
    }

    /**
     * What does not agree, in the order of the expectation.
     *
     * @param actual null when there is no such thing
     * @param ignored JSON pointers of what is not looked at
     */
    static List<Mismatch> of(Yam expected, @Nullable JsonNode actual, Mode mode, Set<String> ignored) {
        Comparison comparison = new Comparison(mode, ignored);
        comparison.compare(expected, actual, "");
        return comparison.mismatches;
    }

    static boolean fits(Yam expected, @Nullable JsonNode actual) {
        return of(expected, actual, Mode.SUBSET, Set.of()).isEmpty();
    }

    private void compare(Yam expected, @Nullable JsonNode actual, String pointer) {
        if (ignored.contains(pointer)) return;
        switch (expected) {
            case Yam.Like like -> like(like, actual, pointer);
            case Yam.Mapping mapping -> mapping(mapping, actual, pointer);
            case Yam.Listing listing -> listing(listing, actual, pointer);
            case Yam.Value value -> {
                if (actual == null || !same(value.json(), actual)) differ(expected, actual, pointer);
            }
        }
    }

    private void like(Yam.Like like, @Nullable JsonNode actual, String pointer) {
        boolean fits = switch (like.kind()) {
            case ANY -> actual != null;
            case ABSENT -> actual == null;
            case MATCHES -> actual != null && actual.isValueNode() && matches(like, actual.asText());
        };
        if (!fits) differ(like, actual, pointer);
    }

    private static boolean matches(Yam.Like like, String text) {
        return Pattern.compile(like.argument(), Pattern.DOTALL).matcher(text).matches();
    }

    private void mapping(Yam.Mapping expected, @Nullable JsonNode actual, String pointer) {
        if (actual == null || !actual.isObject()) {
            differ(expected, actual, pointer);
            return;
        }
        expected.members()
                .forEach(
                        (name, member) -> compare(member.value(), actual.get(name), JsonPointers.child(pointer, name)));
        if (mode == Mode.SUBSET) return;
        for (Map.Entry<String, JsonNode> each : actual.properties()) {
            String at = JsonPointers.child(pointer, each.getKey());
            if (!expected.members().containsKey(each.getKey()) && !ignored.contains(at))
                mismatches.add(new Mismatch(expected.spot(), at, null, each.getValue()));
        }
    }

    private void listing(Yam.Listing expected, @Nullable JsonNode actual, String pointer) {
        if (actual == null || !actual.isArray()) {
            differ(expected, actual, pointer);
            return;
        }
        List<Yam> elements = expected.elements();
        for (int i = 0; i < elements.size(); i++) compare(elements.get(i), actual.get(i), pointer + "/" + i);
        for (int i = elements.size(); i < actual.size(); i++)
            mismatches.add(new Mismatch(expected.spot(), pointer + "/" + i, null, actual.get(i)));
    }

    private boolean same(JsonNode expected, JsonNode actual) {
        if (Json.same(expected, actual)) return true;
        if (mode != Mode.SUBSET || !expected.isNumber() || !actual.isNumber()) return false;
        try {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        } catch (ArithmeticException beyondAllBounds) {
            return false;
        }
    }

    private void differ(Yam expected, @Nullable JsonNode actual, String pointer) {
        mismatches.add(new Mismatch(expected.spot(), pointer, expected.json(), actual));
    }
}
