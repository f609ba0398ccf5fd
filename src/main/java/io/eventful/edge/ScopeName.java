package io.eventful.edge;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What names the scope of an item, such as its tenant, in requests: the option {@code scope} of a route.
 *
 * @param place where the system behind looks for it
 * @param name of the header field or query parameter; empty for none
 */
public record ScopeName(Place place, String name) {

    public static final ScopeName NONE = new ScopeName(Place.EITHER, "");

    /** A part of a request. */
    public enum Place {
        /** It is not known where the system behind looks. */
        EITHER(""),
        HEADER("header:"),
        QUERY("query:");

        private final String prefix;

        Place(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Reads the option: {@code header:NAME}, {@code query:NAME}, or the name alone. Never fails. */
    public static ScopeName parse(String text) {
        for (Place place : new Place[] {Place.HEADER, Place.QUERY})
            if (text.startsWith(place.prefix)) return new ScopeName(place, text.substring(place.prefix.length()));
        return text.isEmpty() ? NONE : new ScopeName(Place.EITHER, text);
    }

    public boolean isNone() {
        return name.isEmpty();
    }

    /** Whether a header field of this name gives it. */
    public boolean isField(String field) {
        return inFields() && name.equalsIgnoreCase(field);
    }

    /** Whether a query parameter of this name gives it. */
    public boolean isParameter(String parameter) {
        return inQuery() && name.equals(parameter);
    }

    private boolean inFields() {
        return !isNone() && place != Place.QUERY;
    }

    private boolean inQuery() {
        return !isNone() && place != Place.HEADER;
    }

    /** The scope that a request gives; empty if it gives none, or several. */
    public String of(RequestHead head) {
        return isAmbiguous(head) ? "" : first(head);
    }

    private String first(RequestHead head) {
        Optional<String> field = inFields() ? passedOn(head.fields()).first(name) : Optional.empty();
        return field.or(() -> parameters(head.query(), this::isParameter).findFirst())
                .orElse("");
    }

    /**
     * Whether a request gives several scopes, so that the system behind may take another one than the gateway does. Many
     * systems also take a name that is only spelled in a similar way for this one.
     */
    private boolean isAmbiguous(RequestHead head) {
        if (isNone()) return false;
        Stream<String> fields = inFields()
                ? passedOn(head.fields()).entries().stream()
                        .filter(field -> isLike(field.name()))
                        .map(Fields.Field::value)
                : Stream.empty();
        Stream<String> parameters = inQuery() ? parameters(head.query(), this::isLike) : Stream.empty();
        String first = first(head);
        return Stream.concat(fields, parameters).anyMatch(value -> !value.equals(first));
    }

    /** The system behind does not see a field that {@code Connection} names. */
    private static Fields passedOn(Fields fields) {
        return fields.first("connection").isPresent() ? fields.endToEnd() : fields;
    }

    private static Stream<String> parameters(String query, Predicate<String> names) {
        return query.isEmpty()
                ? Stream.empty()
                : Queries.parameters(query).stream()
                        .filter(parameter -> names.test(parameter.getKey()))
                        .map(parameter -> parameter.getValue());
    }

    /** Whether it is the same name but for case, the brackets of an array, and the signs between its words. */
    private boolean isLike(String other) {
        String word = other.strip();
        int length = name.length();
        if (word.length() < length || (word.length() > length && word.charAt(length) != '[')) return false;
        for (int i = 0; i < length; i++) if (folded(word.charAt(i)) != folded(name.charAt(i))) return false;
        return true;
    }

    private static char folded(char c) {
        boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
        return plain ? Character.toLowerCase(c) : '_';
    }

    /** The refusal of a request that gives several scopes: nobody knows whose item it means. */
    public Optional<Answer> refusal(RequestHead head) {
        if (!isAmbiguous(head)) return Optional.empty();
        String once = switch (place) {
            case EITHER -> "as a header field or as a query parameter, not with different values in both";
            case HEADER -> "as one header field";
            case QUERY -> "as one query parameter";
        };
        return Optional.of(Problems.problem(
                400,
                "Bad Request",
                "The request gives different values for " + name + ", or spells it in several ways, so it is not clear"
                        + " which item it is about. Nothing was sent. Give " + name + " once, " + once + "."));
    }

    /** The fields of a call about an item of a scope: they give that one and no other. */
    public Fields in(Fields fields, String scope) {
        if (!inFields()) return fields;
        Fields others = new Fields(passedOn(fields).entries().stream()
                .filter(field -> !isLike(field.name()))
                .toList());
        return scope.isEmpty() ? others : others.and(name, scope);
    }

    /**
     * The same for the query of a call. Where it is not known that the system behind looks there, only a query that gives
     * a scope is another one.
     */
    public String in(String query, String scope) {
        if (!inQuery()) return query;
        boolean given = parameters(query, this::isLike).findAny().isPresent();
        if (!given && place == Place.EITHER) return query;
        String others = Queries.without(query, this::isLike);
        if (scope.isEmpty()) return others;
        return (others.isEmpty() ? "" : others + '&') + parameter(scope);
    }

    /** The parameter that gives a scope, as it was sent; empty if the query gives none. */
    public Optional<String> parameterIn(String query) {
        return inQuery() ? Queries.parameter(query, name) : Optional.empty();
    }

    /** The parameter that gives a scope. */
    public String parameter(String scope) {
        return Queries.encoded(name) + '=' + Queries.encoded(scope);
    }

    /** As the option is written. */
    @Override
    public String toString() {
        return place.prefix + name;
    }
}
