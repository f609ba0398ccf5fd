package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.Parser;
import io.cloudevents.sql.generated.CESQLParserLexer;
import io.cloudevents.sql.generated.CESQLParserParser;
import io.cloudevents.sql.impl.parser.CaseChangingCharStream;
import java.util.Optional;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.jspecify.annotations.Nullable;

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
            Optional<String> wrong = syntaxError(text);
            if (wrong.isEmpty()) return Optional.of(new Condition.Sql(Parser.parseDefault(text)));
            findings.problem(pointer, "is not valid CESQL: " + wrong.get(), REMEDY);
        } catch (ParseException e) {
            findings.problem(pointer, "is not valid CESQL: " + e.getMessage(), REMEDY);
        } catch (RuntimeException e) {
            findings.problem(pointer, "is not valid CESQL", REMEDY);
        } catch (StackOverflowError e) {
            // The grammar recurses for each parenthesis; the length is bounded, but not to what every stack holds.
            findings.problem(pointer, "is nested too deeply", "Split it over several filters.");
        }
        return Optional.empty();
    }

    /**
     * The first error, with its place. The SDK's own parser drops characters that it does not know, and fails without a
     * word on some errors, so the grammar is asked first.
     */
    private static Optional<String> syntaxError(String text) {
        FirstError first = new FirstError();
        CESQLParserLexer lexer = new CESQLParserLexer(new CaseChangingCharStream(CharStreams.fromString(text), true));
        lexer.removeErrorListeners();
        lexer.addErrorListener(first);
        CESQLParserParser parser = new CESQLParserParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(first);
        parser.cesql();
        return Optional.ofNullable(first.error);
    }

    private static final class FirstError extends BaseErrorListener {
        private @Nullable String error;

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException cause) {
            if (error == null) error = message + " at line " + line + ", character " + (column + 1);
        }
    }
}
