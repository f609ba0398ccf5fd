package io.eventful.view;

import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.Problems;
import io.eventful.edge.ScopeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Responses to reads of views. */
final class Answers {

    private Answers() {}

    /** A response and its meaning for a captured read, which can fall back to the upstream. */
    record Given(Answer answer, Meaning meaning) {}

    enum Meaning {
        /** The view has answered the read. */
        FOUND,
        /** The item does not exist, or the view does not know it. */
        NOTHING,
        /** The view cannot answer; the upstream may. */
        OTHER
    }

    static Given nothing(String detail) {
        return new Given(Problems.problem(404, "Not Found", detail), Meaning.NOTHING);
    }

    static Given other(int status, String title, String detail) {
        return new Given(Problems.problem(status, title, detail), Meaning.OTHER);
    }

    static Given bad(String detail) {
        return other(400, "Bad Request", detail);
    }

    static Given with(Given given, String name, String value) {
        return new Given(given.answer().with(name, value), given.meaning());
    }

    /** The same, if it may be another one with other values of the header fields that give these scopes. */
    static Given varying(Given given, Set<ScopeName> scopes) {
        Set<String> names = scopes.stream()
                .map(ScopeName::name)
                .filter(name -> scopes.stream().anyMatch(scope -> scope.isField(name)))
                .collect(Collectors.toCollection(TreeSet::new));
        return names.isEmpty() ? given : with(given, "Vary", String.join(", ", names));
    }

    /**
     * A representation.
     *
     * @param tag its entity tag, quoted
     * @param fields about it
     */
    static Given found(Fields request, String tag, byte[] body, List<Fields.Field> fields) {
        List<Fields.Field> all = new ArrayList<>();
        boolean same = Tags.match(request.all("if-none-match"), tag);
        if (!same) all.add(new Fields.Field("Content-Type", "application/json"));
        all.add(new Fields.Field("ETag", tag));
        all.addAll(fields);
        return new Given(new Answer(same ? 304 : 200, new Fields(all), same ? new byte[0] : body), Meaning.FOUND);
    }
}
