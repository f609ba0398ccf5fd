package io.eventful.cli;

import io.eventful.config.VisibleText;
import io.eventful.routes.LintReport;
import io.eventful.routes.RouteProblem;
import io.eventful.routes.RouteProblem.Severity;
import io.eventful.routetest.Paint;

/** A lint report as text: each problem with its line and a caret under the position. */
final class LintText {

    /** Maximum number of characters of a line that are shown. */
    private static final int WIDTH = 160;

    private LintText() {}

    static String of(LintReport report, Paint paint) {
        StringBuilder text = new StringBuilder();
        for (RouteProblem problem : report.problems()) {
            text.append(problem(problem, paint));
            report.line(problem).ifPresent(line -> text.append(snippet(line, problem, paint)));
            if (!problem.remedy().isEmpty())
                text.append("    ")
                        .append(paint.dim("= "))
                        .append(VisibleText.lines(problem.remedy()))
                        .append('\n');
        }
        return text.append(summary(report)).append('\n').toString();
    }

    private static String problem(RouteProblem problem, Paint paint) {
        String place = VisibleText.line(problem.file())
                + (problem.line() > 0 ? ":" + problem.line() + ":" + problem.column() : "");
        boolean error = problem.severity() == Severity.ERROR;
        String severity = error ? paint.red("error") : paint.yellow("warning");
        return paint.bold(place) + ": " + severity + " " + problem.rule() + ": " + VisibleText.lines(problem.message())
                + "\n";
    }

    /** The line and the caret; the caret is indented with the same tabs and wide characters as the line. */
    private static String snippet(String line, RouteProblem problem, Paint paint) {
        int column = Math.max(0, Math.min(problem.column() - 1, line.length()));
        int from = column > WIDTH - 40 ? column - WIDTH / 2 : 0;
        String shown = VisibleText.lines(line.substring(from, Math.min(line.length(), from + WIDTH)));
        String before = line.substring(from, column).replaceAll("[^\t]", " ");
        String number = String.valueOf(problem.line());
        return "    " + paint.dim(number + " | ") + shown + "\n    " + " ".repeat(number.length()) + paint.dim(" | ")
                + before + paint.red("^") + "\n";
    }

    private static String summary(LintReport report) {
        return count(report.files().size(), "file") + ", " + count(report.errors(), "error") + ", "
                + count(report.warnings(), "warning");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
