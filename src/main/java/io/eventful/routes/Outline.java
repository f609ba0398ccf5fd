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

/** What a route file says, with places: what the checks need to speak of lines. */
final class Outline {

    /** A route, or what becomes one. */
    record RouteMark(Optional<String> id, Optional<String> from, Place place) {}

    /** An endpoint as written; {@code dynamic} when its URI is known only per exchange. */
    record EndpointMark(
            String step,
            String uri,
            Map<String, Object> parameters,
            Map<String, Place> places,
            Place place,
            Node node) {
        /** Where an option stands; the endpoint when that is not known. */
        Place placeOf(String option) {
            return places.getOrDefault(option, place);
        }

        boolean isDynamic() {
            return step.equals("toD") || uri.contains("${");
        }
    }

    /** A data type, by the option that names it. */
    record DataTypeMark(String option, String type, Place place) {}

    /** An expression of a language, and whether it must be true or false. */
    record ExpressionMark(String language, String text, Kind kind, Place place) {
        enum Kind {
            PREDICATE,
            EXPRESSION
        }
    }

    /** A name of something outside of the routes: a bean, a class. */
    record NameMark(String name, Place place) {}

    final String file;
    final List<RouteMark> routes = new ArrayList<>();
    final List<EndpointMark> endpoints = new ArrayList<>();
    final List<DataTypeMark> dataTypes = new ArrayList<>();
    final List<ExpressionMark> expressions = new ArrayList<>();

    final List<NameMark> references = new ArrayList<>();
    final List<NameMark> classes = new ArrayList<>();
    final List<String> beans = new ArrayList<>();
    final List<String> restPaths = new ArrayList<>();

    /** Keys and values, and where they stand. */
    final List<NameMark> words = new ArrayList<>();

    /** Every text of the file, templates and expressions too. */
    final Set<String> texts = new HashSet<>();

    Outline(String file) {
        this.file = file;
    }

    /** Where what a message speaks of stands in the file: the first of the file's words that it names. */
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
