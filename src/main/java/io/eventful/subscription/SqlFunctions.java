package io.eventful.subscription;

import io.cloudevents.sql.EvaluationRuntime;
import io.cloudevents.sql.generated.CESQLParserBaseVisitor;
import io.cloudevents.sql.generated.CESQLParserParser.CesqlContext;
import io.cloudevents.sql.generated.CESQLParserParser.FunctionInvocationExpressionContext;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The functions that a CESQL expression calls and that do not exist; the specification finds that out for each event. */
final class SqlFunctions extends CESQLParserBaseVisitor<Void> {

    private final Set<String> unknown = new TreeSet<>();

    private SqlFunctions() {}

    /** Such as {@code LENGHT with 1 argument}. */
    static Set<String> unknown(CesqlContext expression) {
        SqlFunctions functions = new SqlFunctions();
        functions.visit(expression);
        return functions.unknown;
    }

    @Override
    public Void visitFunctionInvocationExpression(FunctionInvocationExpressionContext call) {
        String name = call.functionIdentifier().getText().toUpperCase(Locale.ROOT);
        int arguments = call.functionParameterList().expression().size();
        try {
            EvaluationRuntime.getDefault().resolveFunction(name, arguments);
        } catch (IllegalStateException missing) {
            unknown.add(name + " with " + arguments + (arguments == 1 ? " argument" : " arguments"));
        }
        return super.visitFunctionInvocationExpression(call);
    }
}
