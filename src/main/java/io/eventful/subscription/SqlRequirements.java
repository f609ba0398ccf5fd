package io.eventful.subscription;

import io.cloudevents.sql.generated.CESQLParserBaseVisitor;
import io.cloudevents.sql.generated.CESQLParserParser.AtomExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.BinaryComparisonExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.BinaryLogicExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.CesqlContext;
import io.cloudevents.sql.generated.CESQLParserParser.ExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.IdentifierAtomContext;
import io.cloudevents.sql.generated.CESQLParserParser.InExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.LikeExpressionContext;
import io.cloudevents.sql.generated.CESQLParserParser.StringAtomContext;
import io.cloudevents.sql.generated.CESQLParserParser.StringLiteralContext;
import io.cloudevents.sql.generated.CESQLParserParser.SubExpressionContext;
import io.cloudevents.sql.impl.parser.LiteralUtils;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.antlr.v4.runtime.tree.RuleNode;

/**
 * What the attributes of an event must be for a CESQL expression to be true, of what can be looked up: attributes that equal a
 * text, are one of some, or are like one. They are texts, so no comparison converts them.
 */
final class SqlRequirements extends CESQLParserBaseVisitor<List<Requirement>> {

    /** Written in several ways that are equal. */
    private static final String TIME = "time";

    private static final Pattern ATTRIBUTE = Pattern.compile("[a-z0-9]+");

    @Override
    protected List<Requirement> defaultResult() {
        return List.of();
    }

    /** Nothing is known of what has no method of its own. */
    @Override
    public List<Requirement> visitChildren(RuleNode node) {
        return List.of();
    }

    @Override
    public List<Requirement> visitCesql(CesqlContext cesql) {
        return visit(cesql.expression());
    }

    @Override
    public List<Requirement> visitSubExpression(SubExpressionContext sub) {
        return visit(sub.expression());
    }

    @Override
    public List<Requirement> visitBinaryLogicExpression(BinaryLogicExpressionContext logic) {
        List<Requirement> left = visit(logic.expression(0));
        List<Requirement> right = visit(logic.expression(1));
        if (logic.AND() != null)
            return Stream.concat(left.stream(), right.stream()).toList();
        return logic.OR() != null ? Requirement.ofOne(List.of(left, right)) : List.of();
    }

    @Override
    public List<Requirement> visitBinaryComparisonExpression(BinaryComparisonExpressionContext comparison) {
        if (comparison.EQUAL() == null) return List.of();
        ExpressionContext left = comparison.expression(0);
        ExpressionContext right = comparison.expression(1);
        return attribute(left)
                .flatMap(name -> text(right).map(text -> equal(name, Set.of(text))))
                .or(() -> attribute(right).flatMap(name -> text(left).map(text -> equal(name, Set.of(text)))))
                .orElse(List.of());
    }

    @Override
    public List<Requirement> visitInExpression(InExpressionContext in) {
        if (in.NOT() != null) return List.of();
        Set<String> texts = new HashSet<>();
        for (ExpressionContext each : in.setExpression().expression()) {
            Optional<String> text = text(each);
            if (text.isEmpty()) return List.of();
            texts.add(text.get());
        }
        return attribute(in.expression()).map(name -> equal(name, texts)).orElse(List.of());
    }

    @Override
    public List<Requirement> visitLikeExpression(LikeExpressionContext like) {
        String pattern = text(like.stringLiteral());
        if (like.NOT() != null || pattern.indexOf('\\') >= 0) return List.of();
        return attribute(like.expression()).map(name -> like(name, pattern)).orElse(List.of());
    }

    private static List<Requirement> like(String name, String pattern) {
        String start = pattern.split("[%_]", 2)[0];
        if (start.length() == pattern.length()) return equal(name, Set.of(pattern));
        String end = pattern.substring(Math.max(pattern.lastIndexOf('%'), pattern.lastIndexOf('_')) + 1);
        if (start.isEmpty() && end.isEmpty()) return List.of();
        IndexKey key = start.isEmpty()
                ? new IndexKey.Text(Comparison.SUFFIX, name, end)
                : new IndexKey.Text(Comparison.PREFIX, name, start);
        return List.of(new Requirement(Set.of(key)));
    }

    private static List<Requirement> equal(String name, Set<String> texts) {
        return List.of(Requirement.anyOf(name, texts));
    }

    private static Optional<String> attribute(ExpressionContext expression) {
        return expression instanceof AtomExpressionContext atom
                        && atom.atom() instanceof IdentifierAtomContext identifier
                ? Optional.of(identifier.getText())
                        .filter(name -> ATTRIBUTE.matcher(name).matches() && !name.equals(TIME))
                : Optional.empty();
    }

    private static Optional<String> text(ExpressionContext expression) {
        return expression instanceof AtomExpressionContext atom && atom.atom() instanceof StringAtomContext string
                ? Optional.of(text(string.stringLiteral()))
                : Optional.empty();
    }

    /** What is written between quotes. */
    static String text(StringLiteralContext literal) {
        return literal.DQUOTED_STRING_LITERAL() == null
                ? LiteralUtils.parseSQuotedStringLiteral(literal.SQUOTED_STRING_LITERAL())
                : LiteralUtils.parseDQuotedStringLiteral(literal.DQUOTED_STRING_LITERAL());
    }
}
