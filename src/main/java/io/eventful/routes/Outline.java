package io.eventful.routes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/** The elements of a route file with their positions, for the checks. */
final class Outline {

    /** A route, or an element that becomes one, and the name of the member that gives its id. */
    record RouteMark(Optional<String> id, String idName, Place place) {}

    /** An endpoint as written; {@code dynamic} if its URI is known only at runtime. */
    record EndpointMark(
            String step,
            String uri,
            Map<String, Object> parameters,
            Map<String, Place> places,
            Place place,
            Node node) {
        /** The position of an option, or that of the endpoint if not known. */
        Place placeOf(String option) {
            return places.getOrDefault(option, place);
        }

        boolean isDynamic() {
            return step.equals("toD") || uri.contains("${");
        }
    }

    /** A data type, and the option that contains it. */
    record DataTypeMark(String option, String type, Place place) {}

    /** An expression of a language; its kind says whether it must be a predicate. */
    record ExpressionMark(String language, String text, Kind kind, Place place) {
        enum Kind {
            PREDICATE,
            EXPRESSION
        }
    }

    /** The name of something outside of the routes, such as a bean or a class. */
    record NameMark(String name, Place place) {}

    final String file;
    final List<RouteMark> routes = new ArrayList<>();
    final List<EndpointMark> endpoints = new ArrayList<>();
    final List<TemplateEndpoints.Template> templates = new ArrayList<>();
    final List<TemplateEndpoints.Use> templateUses = new ArrayList<>();
    final List<DataTypeMark> dataTypes = new ArrayList<>();
    final List<ExpressionMark> expressions = new ArrayList<>();

    final List<NameMark> references = new ArrayList<>();
    final List<NameMark> classes = new ArrayList<>();
    /** Names of exchange properties that steps set. */
    final List<NameMark> properties = new ArrayList<>();

    final List<String> beans = new ArrayList<>();
    final List<String> restPaths = new ArrayList<>();

    /** Steps that need something that the gateway does not bring along. */
    final List<NameMark> needy = new ArrayList<>();

    /** Steps that lose what they hold when their route stops. */
    final List<NameMark> holding = new ArrayList<>();

    /** All keys and values with their positions. */
    final List<NameMark> words = new ArrayList<>();

    /** All texts of the file, including templates and expressions. */
    final Set<String> texts = new HashSet<>();

    Outline(String file) {
        this.file = file;
    }

    /** The position of the first word of the file that a message mentions. */
    Optional<Place> named(String message) {
        return words.stream()
                .filter(word -> at(message, word) >= 0)
                .min(Comparator.comparingInt((NameMark word) -> at(message, word))
                        .thenComparingInt(word -> -word.name().length()))
                .map(NameMark::place);
    }

    private static String bare(String word) {
        return word.startsWith("#") ? word.substring(word.indexOf(':') + 1).replace("#", "") : word;
    }

    private static int at(String message, NameMark mark) {
        String word = bare(mark.name());
        if (word.length() < 3) return -1;
        Matcher matcher = Pattern.compile("(?<![\\w-])" + Pattern.quote(word) + "(?![\\w-])")
                .matcher(message);
        return matcher.find() ? matcher.start() : -1;
    }
}
