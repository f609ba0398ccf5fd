package io.eventful.routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.spi.EndpointUriFactory;
import org.jspecify.annotations.Nullable;

/**
 * Holds the options of an endpoint against what its component says of them in Camel's catalog: all that is wrong at once,
 * each at its place. The gateway's own words are not in the catalog; they check themselves.
 */
final class CatalogCheck {

    private final CamelContext context;
    private final DefaultRuntimeCamelCatalog catalog = new DefaultRuntimeCamelCatalog();
    private final List<RouteProblem> problems;

    CatalogCheck(CamelContext context, List<RouteProblem> problems) {
        this.context = context;
        catalog.setCamelContext(context);
        catalog.start();
        this.problems = problems;
    }

    /** Whether it knows nothing of a component. */
    boolean isSilentOn(String scheme) {
        return catalog.componentJSonSchema(scheme) == null;
    }

    /** Whether nothing was found that keeps the endpoint from being made. */
    boolean check(Outline.EndpointMark mark, String scheme, String uri) {
        if (catalog.componentJSonSchema(scheme) == null) return true;
        boolean from = mark.step().equals("from") || mark.step().equals("poll");
        EndpointValidationResult result;
        try {
            result = catalog.validateEndpointProperties(uri, true, from, !from);
        } catch (RuntimeException toldByTheComponent) {
            return true;
        }
        int before = problems.size();
        for (String option : sorted(result.getUnknown())) unknown(mark, scheme, option);
        new TreeMap<>(orNone(result.getInvalidEnum())).forEach((option, value) -> choice(mark, result, option, value));
        wrong(mark, result.getInvalidInteger(), "a whole number");
        wrong(mark, result.getInvalidNumber(), "a number");
        wrong(mark, result.getInvalidBoolean(), "true or false");
        wrong(mark, result.getInvalidDuration(), "a duration such as 5s, or milliseconds");
        for (String option : sorted(result.getRequired())) missing(mark, scheme, option);
        boolean sound = problems.size() == before;
        // Camel takes these and does nothing with them.
        for (String option : sorted(result.getNotConsumerOnly())) idle(mark, scheme, option, "sent to", "to:");
        for (String option : sorted(result.getNotProducerOnly())) idle(mark, scheme, option, "read from", "from:");
        return sound;
    }

    private static Set<String> sorted(@Nullable Set<String> names) {
        return names == null ? Set.of() : new TreeSet<>(names);
    }

    private static Map<String, String> orNone(@Nullable Map<String, String> values) {
        return values == null ? Map.of() : values;
    }

    private void unknown(Outline.EndpointMark mark, String scheme, String option) {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        new OptionProblems(context, mark, scheme)
                .unknown(option, factory == null ? List.of() : new TreeSet<>(factory.propertyNames()), problems);
    }

    private void choice(Outline.EndpointMark mark, EndpointValidationResult result, String option, String value) {
        if (later(value)) return;
        List<String> choices = result.getEnumChoices(option);
        List<String> known = choices == null ? List.of() : choices;
        wrong(mark, option, value, NearMiss.remedy(value, known, "it is one of " + String.join(", ", known)));
    }

    private void wrong(Outline.EndpointMark mark, @Nullable Map<String, String> values, String kind) {
        new TreeMap<>(orNone(values)).forEach((option, value) -> {
            if (!later(value)) wrong(mark, option, value, "it must be " + kind);
        });
    }

    private void wrong(Outline.EndpointMark mark, String option, String value, String remedy) {
        problems.add(mark.placeOf(option)
                .error("wrong-endpoint-value", "\"" + option + "\" cannot be \"" + value + "\"", remedy));
    }

    /** Whether a value cannot be checked before the route runs: it holds an expression, names a bean, or is raw text. */
    private static boolean later(String value) {
        return value.contains("${") || value.startsWith("#") || value.startsWith("RAW(");
    }

    private void missing(Outline.EndpointMark mark, String scheme, String option) {
        problems.add(mark.place()
                .error(
                        "missing-endpoint-option",
                        "\"" + scheme + ":\" needs \"" + option + "\"",
                        "add it to the address or to parameters:"));
    }

    private void idle(Outline.EndpointMark mark, String scheme, String option, String use, String where) {
        problems.add(mark.placeOf(option)
                .warning(
                        "idle-option",
                        "\"" + option + "\" does nothing where \"" + scheme + ":\" is "
                                + (where.equals("to:") ? "read from" : "sent to"),
                        "it is for " + scheme + ": in " + where + ", where it is " + use));
    }
}
