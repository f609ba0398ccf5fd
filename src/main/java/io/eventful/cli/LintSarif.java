package io.eventful.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.config.VisibleText;
import io.eventful.routes.LintReport;
import io.eventful.routes.RouteProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A lint report as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change. */
final class LintSarif {

    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    private LintSarif() {}

    static String of(LintReport report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("$schema", SCHEMA);
        root.put("version", "2.1.0");
        ObjectNode run = root.putArray("runs").addObject();
        ObjectNode driver = run.putObject("tool").putObject("driver");
        driver.put("name", "eventful lint");
        ArrayNode rules = driver.putArray("rules");
        List<String> ids = report.problems().stream()
                .map(RouteProblem::rule)
                .distinct()
                .sorted()
                .toList();
        ids.forEach(id -> rules.addObject().put("id", id));
        run.put("columnKind", "unicodeCodePoints");
        ArrayNode results = run.putArray("results");
        for (RouteProblem problem : report.problems()) result(results.addObject(), problem, ids);
        return VisibleText.json(root.toPrettyString()) + "\n";
    }

    private static void result(ObjectNode result, RouteProblem problem, List<String> ids) {
        result.put("ruleId", problem.rule());
        result.put("ruleIndex", ids.indexOf(problem.rule()));
        result.put("level", problem.severity().name().toLowerCase(Locale.ROOT));
        String remedy = problem.remedy().isEmpty() ? "" : "; " + problem.remedy();
        result.putObject("message").put("text", problem.message() + remedy);
        ObjectNode place = result.putArray("locations").addObject().putObject("physicalLocation");
        place.putObject("artifactLocation").put("uri", uri(problem.file()));
        if (problem.line() > 0)
            place.putObject("region").put("startLine", problem.line()).put("startColumn", problem.column());
    }

    /** Relative paths stay relative, so that a code host finds them in its repository. */
    private static String uri(String file) {
        Path path = Path.of(file);
        if (path.isAbsolute()) return path.toUri().toString();
        String there = Path.of("").toUri().relativize(path.toUri()).getRawPath();
        return there.startsWith("/") ? path.toUri().toString() : there;
    }
}
