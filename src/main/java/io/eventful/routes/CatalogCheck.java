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
 * Checks the options of endpoints against Camel's catalog and reports all problems, each at its position. The gateway's
 * own components are not in the catalog; they check their options themselves.
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

    /** Whether the catalog does not contain a component. */
    boolean isSilentOn(String scheme) {
        return catalog.componentJSonSchema(scheme) == null;
    }

    /** Checks an endpoint; returns whether it can be created. */
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
        // Camel accepts these options without any effect.
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
        wrong(mark, option, value, Suggestions.remedy(value, known, "use one of " + String.join(", ", known)));
    }

    private void wrong(Outline.EndpointMark mark, @Nullable Map<String, String> values, String kind) {
        new TreeMap<>(orNone(values)).forEach((option, value) -> {
            if (!later(value)) wrong(mark, option, value, "it must be " + kind);
        });
    }

    private void wrong(Outline.EndpointMark mark, String option, String value, String remedy) {
        problems.add(mark.placeOf(option)
                .error("wrong-endpoint-value", "\"" + option + "\" has the invalid value \"" + value + "\"", remedy));
    }

    /** Whether a value cannot be checked statically: it contains an expression, names a bean, or is RAW text. */
    private static boolean later(String value) {
        return value.contains("${") || value.startsWith("#") || value.startsWith("RAW(");
    }

    private void missing(Outline.EndpointMark mark, String scheme, String option) {
        problems.add(mark.place()
                .error(
                        "missing-endpoint-option",
                        "\"" + scheme + ":\" requires the option \"" + option + "\"",
                        "add it to the URI or under parameters:"));
    }

    private void idle(Outline.EndpointMark mark, String scheme, String option, String use, String where) {
        problems.add(mark.placeOf(option)
                .warning(
                        "idle-option",
                        "\"" + option + "\" has no effect where \"" + scheme + ":\" is "
                                + (where.equals("to:") ? "read from" : "sent to"),
                        "it applies only where " + scheme + ": is " + use + ", in " + where));
    }
}
