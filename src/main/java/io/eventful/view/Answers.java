package io.eventful.view;

import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.Problems;
import java.util.ArrayList;
import java.util.List;

/** What callers of views are told. */
final class Answers {

    private Answers() {}

    /** An answer, and what it means for a captured read, which may still go to the upstream. */
    record Given(Answer answer, Meaning meaning) {}

    enum Meaning {
        /** The view knows the answer. */
        FOUND,
        /** The view knows that there is nothing, or knows nothing. */
        NOTHING,
        /** Somebody else may know better. */
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
