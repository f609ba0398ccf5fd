package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.subscription.RequestProblem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the members of a request, and collects everything that is wrong with them, so that all is told at once. */
final class MemberReader {

    private final String title;
    private final JsonNode document;
    private final List<RequestProblem> problems = new ArrayList<>();

    private MemberReader(String title, JsonNode document) {
        this.title = title;
        this.document = document;
    }

    /**
     * @param title of what is reported
     * @param known names of the members, as they are told
     * @throws ApiProblem 422 if it is not an object
     */
    static MemberReader of(String title, JsonNode document, List<String> known) {
        MemberReader reader = new MemberReader(title, document);
        if (!document.isObject()) {
            reader.problems.add(new RequestProblem("", "is not a JSON object", "Send an object: {…}."));
            reader.raise();
        }
        document.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name))
                reader.problem(name, "is not a known member", "The members are " + String.join(", ", known) + ".");
        });
        return reader;
    }

    void problem(String member, String detail, String remedy) {
        problems.add(new RequestProblem('/' + member.replace("~", "~0").replace("/", "~1"), detail, remedy));
    }

    /** A problem that somebody else found. */
    void problem(RequestProblem problem) {
        problems.add(problem);
    }

    /** A string; null if it is absent or null, or something else, which is a problem. */
    @Nullable
    String text(String member) {
        JsonNode value = document.path(member);
        if (isNone(value)) return null;
        if (value.isTextual()) return value.textValue();
        problem(member, "is not a string", "Write a string, or leave it out.");
        return null;
    }

    /** A string that must be there; empty after a problem. */
    String required(String member, String remedy) {
        if (isNone(document.path(member))) problem(member, "is missing", remedy);
        String text = text(member);
        return text == null ? "" : text;
    }

    /** A string, or a whole number as one. */
    @Nullable
    String textOrNumber(String member) {
        JsonNode value = document.path(member);
        return value.isIntegralNumber() ? value.asText() : text(member);
    }

    /** A whole number; null if it is absent or null, or something else, which is a problem. */
    @Nullable
    Integer number(String member, String remedy) {
        JsonNode value = document.path(member);
        if (isNone(value)) return null;
        if (value.canConvertToExactIntegral() && value.canConvertToInt()) return value.intValue();
        problem(member, "is not a whole number", remedy);
        return null;
    }

    /** Event types; empty if there are none. */
    List<String> types() {
        JsonNode types = document.path("types");
        List<String> all = new ArrayList<>();
        if (isNone(types)) return all;
        boolean texts = types.isArray();
        for (JsonNode type : types) {
            texts &= type.isTextual();
            all.add(type.asText());
        }
        if (!texts)
            problem("types", "is not an array of event types", "Write an array such as [\"customer.updated\"].");
        return all;
    }

    /** @throws ApiProblem 422 with everything that was wrong, if anything was */
    void raise() {
        if (!problems.isEmpty()) throw ApiProblem.invalid(title, problems);
    }

    private static boolean isNone(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
