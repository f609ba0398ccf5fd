package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.Parser;
import java.util.Optional;

/** Compiles CESQL 1.0 expressions. */
final class SqlFilters {

    private static final int MAX_LENGTH = 4_096;
    private static final String REMEDY =
            "Write a CESQL expression over attributes, such as \"type LIKE 'customer.%' AND EXISTS subject\".";

    private SqlFilters() {}

    static Optional<Condition.Sql> compile(JsonNode value, String pointer, Findings findings) {
        String text = Members.text(value, pointer, MAX_LENGTH, findings).orElse(null);
        if (text == null) return Optional.empty();
        try {
            return Optional.of(new Condition.Sql(Parser.parseDefault(text)));
        } catch (ParseException e) {
            findings.problem(pointer, "is not valid CESQL: " + e.getMessage() + place(e), REMEDY);
        } catch (RuntimeException e) {
            findings.problem(pointer, "is not valid CESQL", REMEDY);
        } catch (StackOverflowError e) {
            // The grammar recurses for each parenthesis; the length is bounded, but not to what every stack holds.
            findings.problem(pointer, "is nested too deeply", "Split it over several filters.");
        }
        return Optional.empty();
    }

    private static String place(ParseException e) {
        return e.getInterval() == null || e.getInterval().a < 0
                ? ""
                : " (characters " + (e.getInterval().a + 1) + " to " + (e.getInterval().b + 1) + ")";
    }
}
