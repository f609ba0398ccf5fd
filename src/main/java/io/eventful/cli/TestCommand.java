package io.eventful.cli;

import io.eventful.config.VisibleText;
import io.eventful.routes.RoutesSettings;
import io.eventful.routetest.CaseResult;
import io.eventful.routetest.ConsoleReport;
import io.eventful.routetest.FileWatch;
import io.eventful.routetest.JUnitXml;
import io.eventful.routetest.Paint;
import io.eventful.routetest.RouteTester;
import io.eventful.routetest.TestFiles;
import io.eventful.routetest.TestProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful test}: runs route tests, or writes one. */
@Command(
        name = "test",
        description = "Runs route tests (*.test.yaml): exit 1 if one fails, 2 if a file cannot be run."
                + " With --record, makes a call and writes it as a test.",
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

    /** Options of a run, which a recording has no use for. */
    private static final Set<String> RUNNING = Set.of("--junit", "--coverage", "--watch", "--log");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description =
                    "test files, or folders; default: the configured folder of routes. With --record: METHOD PATH")
    private List<String> paths = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "also writes the results as JUnit XML")
    private @Nullable Path junit;

    @Option(names = "--coverage", description = "also lists the steps that no test reached")
    private boolean coverage;

    @Option(
            names = "--watch",
            description = "runs the tests again after each change of them or of their routes, until interrupted")
    private boolean watch;

    @Option(names = "--log", description = "also prints the gateway's own log")
    private boolean log;

    @Option(names = "--record", description = "makes a call through a running gateway, and writes it as a test")
    private boolean record;

    @Mixin
    private RecordOptions recording = new RecordOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        refuse(record ? RUNNING : RecordOptions.ALL, record ? "does not count with" : "counts only with");
        if (record) return new RecordTest(spec, recording).write(paths);
        LoggingSystem.get(TestCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, log ? LogLevel.INFO : LogLevel.OFF);
        List<Path> named = paths.isEmpty()
                ? List.of(Home.resolve(recording
                        .admin
                        .configuration()
                        .get(RoutesSettings.class)
                        .directory()))
                : paths.stream().map(Path::of).toList();
        FileWatch changes = new FileWatch(named);
        int result = run(named, changes);
        while (watch && changes.await()) result = run(named, changes);
        return result;
    }

    /** An option that would have no effect is a slip. */
    private void refuse(Set<String> options, String why) {
        spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(options::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new ParameterException(spec.commandLine(), name + " " + why + " --record");
                });
    }

    private int run(List<Path> named, FileWatch changes) throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        TestFiles files = TestFiles.read(named);
        changes.also(files);
        if (!files.problems().isEmpty()) {
            tell(files.problems());
            return CommandErrorHandler.USAGE;
        }
        ConsoleReport report = new ConsoleReport(out, Paint.standard());
        List<CaseResult> results = new ArrayList<>();
        try (RouteTester tester = new RouteTester()) {
            tester.run(files.tests(), result -> {
                results.add(result);
                report.add(result);
            });
            report.end(tester.coverage());
            if (coverage) report.coverage(tester.coverage());
        }
        if (junit != null) JUnitXml.write(junit, results);
        tell(report.problems());
        if (!report.problems().isEmpty()) return CommandErrorHandler.USAGE;
        return report.allPassed() ? 0 : CommandErrorHandler.FAILED;
    }

    private void tell(Collection<TestProblem> problems) {
        PrintWriter err = spec.commandLine().getErr();
        problems.forEach(problem -> err.println(VisibleText.lines(problem.text())));
        err.flush();
    }
}
