package io.eventful.cli;

import io.eventful.config.ConfigurationSources;
import io.eventful.config.LoadedConfiguration;
import io.eventful.routes.LintReport;
import io.eventful.routes.RouteLint;
import io.eventful.routes.RoutesSettings;
import io.eventful.routetest.Paint;
import io.eventful.subscription.SubscriptionsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful lint}: checks route files. */
@Command(
        name = "lint",
        description = "Checks route files without starting a gateway: exit 0 without errors (warnings do not count),"
                + " 1 with an error, 2 if the command or the configuration is wrong.",
        mixinStandardHelpOptions = true)
final class LintCommand implements Callable<Integer> {

    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "files, or folders without their sub-folders; default: the configured folder")
    private List<Path> paths = List.of();

    @Option(names = "--format", paramLabel = "text|json|sarif", description = "text (default), json or sarif")
    private Format format = Format.TEXT;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration file, instead of config/application.yaml")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        LoggingSystem.get(LintCommand.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        LoadedConfiguration configuration = SettingsCatalogue.loader()
                .load(new ConfigurationSources(Home.configuration(config), System.getenv(), List.of()));
        RoutesSettings settings = configuration.get(RoutesSettings.class);
        List<Path> looked = new ArrayList<>(paths.isEmpty() ? List.of(Home.resolve(settings.directory())) : paths);
        for (Path path : looked)
            if (!Files.exists(path))
                throw new ParameterException(spec.commandLine(), "File or folder not found: " + path + ".");
        // Tests are checked when they run, by ./eventful test.
        looked.removeIf(LintCommand::isTest);
        Map<String, Object> properties = new HashMap<>(configuration.properties());
        // Declared subscriptions belong to the configured routes, not to the given files.
        boolean whole = paths.isEmpty() || paths.equals(List.of(Path.of(settings.directory())));
        DeclaredFile declared = DeclaredFile.read(
                whole ? configuration.get(SubscriptionsSettings.class).file() : "");
        if (declared.path().isEmpty()) properties.remove("eventful.subscriptions.file");
        else properties.put("eventful.subscriptions.file", declared.path());
        try (RouteLint lint = new RouteLint(settings, properties)) {
            LintReport report = lint.lint(looked).with(declared.problems());
            PrintWriter out = spec.commandLine().getOut();
            out.print(
                    switch (format) {
                        case TEXT -> LintText.of(report, Paint.standard());
                        case JSON -> LintJson.of(report);
                        case SARIF -> LintSarif.of(report);
                    });
            out.flush();
            return report.errors() > 0 ? CommandErrorHandler.FAILED : 0;
        }
    }

    private static boolean isTest(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.endsWith(".test.yaml") || name.endsWith(".test.yml");
    }
}
