package io.eventful.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.EndpointUriFactory;

/** Turns the failure of an endpoint into problems that name the invalid option, its position and a suggestion. */
final class OptionProblems {

    /** The message of the gateway's own components for an unknown option. */
    private static final Pattern OWN_UNKNOWN =
            Pattern.compile("has no option (\\S+?)(?: for \\S+)?; its options are (.+)");

    private static final Pattern OWN_VALUE = Pattern.compile("option (\\w+)=");
    private static final Pattern CAMELS_UNKNOWN = Pattern.compile("\"([^\"]+)\"");
    private static final Pattern CAMELS_VALUE = Pattern.compile("property \\((\\w+)=|option[: ]+(\\w+)");

    private final CamelContext context;
    private final Outline.EndpointMark mark;
    private final String scheme;

    OptionProblems(CamelContext context, Outline.EndpointMark mark, String scheme) {
        this.context = context;
        this.mark = mark;
        this.scheme = scheme;
    }

    /** Adds the problems; returns the invalid option if there is exactly one. */
    Optional<String> of(Exception failure, List<RouteProblem> problems) {
        String message = Messages.of(failure);
        Matcher own = OWN_UNKNOWN.matcher(message);
        if (own.find()) {
            unknown(own.group(1), List.of(own.group(2).split(", ")), problems);
            return Optional.of(own.group(1));
        }
        if (message.startsWith("it has no option ")) {
            Matcher each = CAMELS_UNKNOWN.matcher(message);
            while (each.find()) unknown(each.group(1), options(), problems);
            return Optional.empty();
        }
        if (message.startsWith("Uri should not contains query parameters")) {
            problems.add(mark.place()
                    .error(
                            "endpoint",
                            "\"" + scheme + ":\" has options both in its address and under parameters:",
                            "write all of them under parameters:"));
            return Optional.empty();
        }
        Optional<String> option = option(message, failure);
        problems.add(option.map(mark::placeOf)
                .orElseGet(mark::place)
                .error(
                        "endpoint",
                        "\"" + scheme + ":\" is not configured correctly: " + message,
                        "correct the URI or its options"));
        return option;
    }

    void unknown(String option, Collection<String> known, List<RouteProblem> problems) {
        String all = known.isEmpty() || known.size() > 30
                ? "see the options of the Camel component " + scheme
                : "its options are " + String.join(", ", known);
        problems.add(mark.placeOf(option)
                .error(
                        "unknown-endpoint-option",
                        "\"" + scheme + ":\" has no option \"" + option + "\"",
                        Suggestions.remedy(option, known, all)));
    }

    private Collection<String> options() {
        EndpointUriFactory factory = context.getCamelContextExtension().getEndpointUriFactory(scheme);
        return factory == null ? List.of() : new TreeSet<>(factory.propertyNames());
    }

    /** The option that a message of the failure or its causes names. */
    private Optional<String> option(String message, Throwable failure) {
        List<String> texts = new ArrayList<>(List.of(message));
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 20; depth++, cause = cause.getCause())
            texts.add(String.valueOf(cause.getMessage()));
        for (String text : texts)
            for (Pattern pattern : List.of(OWN_VALUE, CAMELS_VALUE)) {
                Matcher matcher = pattern.matcher(text);
                while (matcher.find()) {
                    String option = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
                    Map<String, Place> places = mark.places();
                    if (places.containsKey(option)) return Optional.of(option);
                }
            }
        return Optional.empty();
    }
}
