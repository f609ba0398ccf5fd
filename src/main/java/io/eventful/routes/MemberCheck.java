package io.eventful.routes;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/**
 * Finds what Simple reads of the body that cannot be there. A change that lacks the member fails the step, each time; an
 * event answers null, so that a filter lets nothing pass and nobody is told.
 */
final class MemberCheck {

    /** {@code ${body.after.email}}: the member of the body itself; what follows belongs to the item. A call is Java. */
    private static final Pattern MEMBER =
            Pattern.compile("\\$(?:simple)?\\{body\\??\\.([A-Za-z_][A-Za-z0-9_]*+)(?!\\()");

    /** Of a change, and never an attribute of an event. */
    private static final Set<String> RENDERED =
            Set.of("before", "after", "request", "response", "patch", "inverse", "beforeDigest", "afterDigest");

    /** @param expression as it stands in the file */
    record Finding(String expression, String message, String remedy) {}

    private MemberCheck() {}

    static Optional<Finding> ofChange(NamedNode step) {
        return expressions(step).stream()
                .flatMap(text -> members(text)
                        .filter(name -> !BodyLanguage.CHANGE.contains(name))
                        .map(name -> new Finding(
                                text,
                                "a change has no \"" + name + "\", so this step always fails",
                                Suggestions.remedy(
                                        name,
                                        BodyLanguage.CHANGE,
                                        "it has " + String.join(", ", new TreeSet<>(BodyLanguage.CHANGE))
                                                + "; a member of the item is ${body.after." + name + "}"))))
                .findFirst();
    }

    static Optional<Finding> ofEvent(NamedNode step) {
        return expressions(step).stream()
                .flatMap(text -> members(text)
                        .filter(RENDERED::contains)
                        .map(name -> new Finding(
                                text,
                                "the body is an event here, and an event has no \"" + name
                                        + "\", so this is always null",
                                "put the step before the one that renders the event, or read the event's data:"
                                        + " ${body.data…}")))
                .findFirst();
    }

    private static Stream<String> members(String text) {
        return MEMBER.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private static List<String> expressions(NamedNode step) {
        return switch (step) {
            case LogDefinition log when log.getMessage() != null -> List.of(log.getMessage());
            case ToDynamicDefinition to when to.getUri() != null -> List.of(to.getUri());
            case HasExpressionType node -> simple(node.getExpressionType());
            default -> List.of();
        };
    }

    private static List<String> simple(ExpressionDefinition expression) {
        return expression != null && "simple".equals(expression.getLanguage()) && expression.getExpression() != null
                ? List.of(expression.getExpression())
                : List.of();
    }
}
