package io.eventful.subscription;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.ExceptionFactory;
import io.cloudevents.sql.impl.ExpressionInternal;
import io.cloudevents.sql.impl.ExpressionInternalVisitor;
import io.cloudevents.sql.impl.expressions.BaseExpression;
import io.cloudevents.sql.impl.runtime.EvaluationResult;
import org.antlr.v4.runtime.ParserRuleContext;

/**
 * {@code LIKE} of CESQL 1.0, section 3.4.3. The SDK makes a regular expression of the pattern, whose time can grow without
 * bounds with the text, and what clients write into a path must not hold up deliveries. Here the time is at most the
 * product of both lengths.
 */
final class LikeExpression extends BaseExpression {

    private final ExpressionInternal operand;
    private final LikePattern pattern;

    LikeExpression(ParserRuleContext context, ExpressionInternal operand, String pattern) {
        super(context.getSourceInterval(), context.getText());
        this.operand = operand;
        this.pattern = LikePattern.of(pattern);
    }

    @Override
    public EvaluationResult evaluate(EvaluationRuntime runtime, CloudEvent event, ExceptionFactory exceptions) {
        EvaluationResult text = castToString(exceptions, operand.evaluate(runtime, event, exceptions));
        return text.copyWithValue(pattern.matches((String) text.value()));
    }

    @Override
    public <T> T visit(ExpressionInternalVisitor<T> visitor) {
        return visitor.visitExpressionInternal(this);
    }
}
