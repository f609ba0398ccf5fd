package io.eventful.routetest;

import io.eventful.config.VisibleText;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Tells people how tests ended. */
public final class ConsoleReport {

    private static final int MOST_FAILURES = 5;

    private final PrintWriter out;
    private final Paint paint;
    private final Set<TestProblem> problems = new LinkedHashSet<>();
    private int passed;
    private int failed;

    public ConsoleReport(PrintWriter out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    /** A test has ended. */
    public void add(CaseResult result) {
        String name = VisibleText.line(result.test().toString());
        String took = paint.dim(" (" + result.took().toMillis() + " ms)");
        if (!result.problems().isEmpty()) {
            out.println(paint.red("NOT RUN ") + name);
            problems.addAll(result.problems());
        } else if (result.passed()) {
            passed++;
            out.println(paint.green("ok   ") + name + took);
        } else {
            failed++;
            out.println(paint.red("FAIL ") + name + took);
            result.failures().stream().limit(MOST_FAILURES).forEach(this::failure);
            if (result.failures().size() > MOST_FAILURES)
                out.println("  and " + (result.failures().size() - MOST_FAILURES) + " more");
            if (!result.timeline().isEmpty()) out.println(paint.dim("  what happened:"));
            result.timeline().forEach(line -> out.println(paint.dim("    " + VisibleText.lines(line))));
        }
        out.flush();
    }

    private void failure(Failure failure) {
        text(failure, paint).forEach(line -> out.println("  " + line));
    }

    /** A failure in lines: the place and what is wrong, then the difference. */
    static List<String> text(Failure failure, Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.bold(failure.spot().text()) + ": " + VisibleText.lines(failure.message()));
        if (failure.expected() == null && failure.actual() == null) return lines;
        List<String> expected = failure.expected() == null ? List.of() : JsonLines.of(failure.expected());
        List<String> actual = failure.actual() == null ? List.of() : JsonLines.of(failure.actual());
        lines.add("  " + paint.red("- expected") + "  " + paint.green("+ actual"));
        Differences.of(expected, actual, paint).forEach(line -> lines.add("  " + line));
        return lines;
    }

    /** All of a failed test, without colours. */
    static String text(CaseResult result) {
        List<String> lines = new ArrayList<>();
        result.problems().forEach(problem -> lines.add(problem.text()));
        result.failures().forEach(failure -> lines.addAll(text(failure, Paint.PLAIN)));
        if (!result.timeline().isEmpty()) lines.add("what happened:");
        result.timeline().forEach(line -> lines.add("  " + line));
        return String.join("\n", lines);
    }

    /** Steps that no test has reached. */
    public void coverage(Coverage coverage) {
        List<Coverage.Step> missed = coverage.missed();
        int all = coverage.all();
        out.println(
                missed.isEmpty()
                        ? "every step was reached"
                        : "no test reached " + missed.size() + " of " + all + " steps:");
        for (String route : coverage.missedRoutes()) out.println("  route " + route);
        for (Coverage.Step step : missed)
            out.println("  " + step.file() + (step.line() > 0 ? ":" + step.line() : "") + ": " + step.route() + ": "
                    + step.what());
        out.flush();
    }

    /** All tests have ended. */
    public void end(Coverage coverage) {
        String counts = passed + " passed, " + failed + " failed; "
                + (coverage.all() - coverage.missed().size()) + " of " + coverage.all() + " steps reached";
        out.println(failed == 0 && problems.isEmpty() ? paint.green(counts) : paint.red(counts));
        out.flush();
    }

    /** Why tests could not be run, each problem once. */
    public Set<TestProblem> problems() {
        return Collections.unmodifiableSet(problems);
    }

    /** Whether no test has failed so far. */
    public boolean allPassed() {
        return failed == 0;
    }
}
