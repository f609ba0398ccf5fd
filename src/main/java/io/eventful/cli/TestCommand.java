package io.eventful.cli;

import io.eventful.routetest.CaseResult;
import io.eventful.routetest.ConsoleReport;
import io.eventful.routetest.Paint;
import io.eventful.routetest.RouteTester;
import io.eventful.routetest.TestFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful test}: runs route tests. */
@Command(
        name = "test",
        description =
                "Runs the tests of route files (*.test.yaml): exit 1 when one fails, 2 when a file cannot be run.",
        mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(paramLabel = "PATH", arity = "0..*", description = "files, or folders with some; default: routes")
    private List<Path> paths = List.of();

    @Option(names = "--junit", paramLabel = "FILE", description = "also writes the results as JUnit XML")
    private @Nullable Path junit;

    @Option(names = "--coverage", description = "also lists the steps that no test has reached")
    private boolean coverage;

    @Option(names = "--log", description = "also prints the gateway's own log, on standard error")
    private boolean log;

    @Override
    public Integer call() throws InterruptedException {
        LoggingSystem.get(TestCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, log ? LogLevel.INFO : LogLevel.OFF);
        PrintWriter out = spec.commandLine().getOut();
        TestFiles files = TestFiles.read(paths.isEmpty() ? List.of(Home.resolve("routes")) : paths);
        if (!files.problems().isEmpty()) {
            files.problems().forEach(problem -> spec.commandLine().getErr().println(problem.text()));
            return PlainErrors.USAGE;
        }
        ConsoleReport report = new ConsoleReport(out, Paint.of(System.getenv(), System.console() != null));
        List<CaseResult> results = new ArrayList<>();
        try (RouteTester tester = new RouteTester()) {
            tester.run(files.tests(), result -> {
                results.add(result);
                report.add(result);
            });
            if (coverage) report.coverage(tester.coverage());
        }
        report.end();
        return report.allPassed() ? 0 : PlainErrors.FAILED;
    }
}
