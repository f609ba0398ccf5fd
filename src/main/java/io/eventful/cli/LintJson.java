package io.eventful.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.config.VisibleText;
import io.eventful.routes.LintReport;
import io.eventful.routes.RouteProblem;
import java.util.Locale;

/** A lint report as JSON, as docs/lint.md describes it. */
final class LintJson {

    private LintJson() {}

    static String of(LintReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("files", report.files().size());
        root.put("errors", report.errors());
        root.put("warnings", report.warnings());
        var problems = root.putArray("problems");
        for (RouteProblem problem : report.problems()) {
            ObjectNode one = problems.addObject();
            one.put("file", problem.file());
            one.put("line", problem.line());
            one.put("column", problem.column());
            one.put("severity", problem.severity().name().toLowerCase(Locale.ROOT));
            one.put("rule", problem.rule());
            one.put("message", problem.message());
            one.put("remedy", problem.remedy());
        }
        return VisibleText.json(root.toPrettyString()) + "\n";
    }
}
