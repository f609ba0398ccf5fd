package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.sql.EvaluationException;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.ParseException;
import io.cloudevents.sql.generated.CESQLParserLexer;
import io.cloudevents.sql.generated.CESQLParserParser;
import io.cloudevents.sql.generated.CESQLParserParser.CesqlContext;
import io.cloudevents.sql.generated.CESQLParserParser.LikeExpressionContext;
import io.cloudevents.sql.impl.ExpressionInternal;
import io.cloudevents.sql.impl.expressions.NotExpression;
import io.cloudevents.sql.impl.parser.CaseChangingCharStream;
import io.cloudevents.sql.impl.parser.ConstantFoldingExpressionVisitor;
import io.cloudevents.sql.impl.parser.ExpressionTranslatorVisitor;
import io.cloudevents.sql.impl.runtime.ExpressionImpl;
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
            "Use a CESQL expression over attributes, such as \"type LIKE 'customer.%' AND EXISTS subject\".";

    private SqlFilters() {}

    static Optional<Condition.Sql> compile(JsonNode value, String pointer, Findings findings) {
        String text = Members.text(value, pointer, MAX_LENGTH, findings).orElse(null);
        if (text == null) return Optional.empty();
        try {
            FirstError first = new FirstError();
            CesqlContext tree = parse(text, first);
            if (first.error == null)
                return Optional.of(new Condition.Sql(
                        expression(tree), new SqlRequirements().visit(tree), SqlFunctions.unknown(tree)));
            findings.problem(pointer, "is not valid CESQL: " + first.error, REMEDY);
        } catch (ParseException | EvaluationException e) {
            findings.problem(pointer, "is not valid CESQL: " + e.getMessage(), REMEDY);
        } catch (RuntimeException e) {
            findings.problem(pointer, "is not valid CESQL", REMEDY);
        } catch (StackOverflowError e) {
            // The grammar recurses for each parenthesis; the length is bounded, but not to what every stack holds.
            findings.problem(pointer, "is nested too deeply", "Split it into several filters.");
        }
        return Optional.empty();
    }

    /** The SDK's own parser drops characters that it does not know, and fails without a word on some errors. */
    private static CesqlContext parse(String text, FirstError first) {
        CESQLParserLexer lexer = new CESQLParserLexer(new CaseChangingCharStream(CharStreams.fromString(text), true));
        lexer.removeErrorListeners();
        lexer.addErrorListener(first);
        CESQLParserParser parser = new CESQLParserParser(new CommonTokenStream(lexer));
        parser.removeErrorListeners();
        parser.addErrorListener(first);
        return parser.cesql();
    }

    /** As the SDK makes it, but for {@code LIKE}. */
    private static Expression expression(CesqlContext tree) {
        return new ExpressionImpl(new Translation().visit(tree).visit(new ConstantFoldingExpressionVisitor()));
    }

    private static final class Translation extends ExpressionTranslatorVisitor {
        @Override
        public ExpressionInternal visitLikeExpression(LikeExpressionContext like) {
            ExpressionInternal expression =
                    new LikeExpression(like, visit(like.expression()), SqlRequirements.text(like.stringLiteral()));
            return like.NOT() == null
                    ? expression
                    : new NotExpression(like.getSourceInterval(), like.getText(), expression);
        }
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
