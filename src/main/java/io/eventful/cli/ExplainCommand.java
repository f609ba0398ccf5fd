package io.eventful.cli;

import io.eventful.config.ConfigurationSources;
import io.eventful.config.LoadedConfiguration;
import io.eventful.config.VisibleText;
import io.eventful.edge.Dispatch;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.Fields;
import io.eventful.edge.RequestHead;
import io.eventful.routes.RouteLint;
import io.eventful.routes.RouteSurvey;
import io.eventful.routes.RoutesSettings;
import io.eventful.subscription.SubscriptionsSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./eventful explain METHOD PATH}: what would become of a request. */
@Command(
        name = "explain",
        description =
                "Says what would become of a request, without a gateway and without making it: where it goes, which"
                        + " route captures it or why none does, and who gets the event. Exit 0, 1 if the routes have an"
                        + " error, 2 if the command or the configuration is wrong.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "METHOD", description = "such as PUT; case matters")
    @SuppressWarnings("NullAway.Init")
    private String method;

    @Parameters(index = "1", paramLabel = "PATH", description = "path and query, such as /customers/42")
    @SuppressWarnings("NullAway.Init")
    private String path;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "the Host that the client sends; default: that of eventful.edge.public-url, else localhost")
    private @Nullable String host;

    @Option(names = "--header", paramLabel = "'NAME: VALUE'", description = "a header field of the request; repeatable")
    private List<String> headers = List.of();

    @Option(
            names = "--status",
            paramLabel = "N",
            description = "the status of the upstream's reply; default: one that counts as success")
    private @Nullable Integer status;

    @Option(names = "--json", description = "print JSON instead of text")
    private boolean json;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description = "folder of the route files; default: the configured one")
    private @Nullable Path routes;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration file, instead of config/application.yaml")
    private @Nullable Path config;

    @Override
    public Integer call() throws IOException {
        LoggingSystem.get(ExplainCommand.class.getClassLoader())
                .setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.OFF);
        if (status != null && (status < 200 || status > 599))
            throw new ParameterException(spec.commandLine(), "--status must be between 200 and 599.");
        LoadedConfiguration configuration = SettingsCatalogue.loader()
                .load(new ConfigurationSources(Home.configuration(config), System.getenv(), List.of()));
        RequestHead head = head(configuration.get(EdgeSettings.class));
        RoutesSettings settings = configuration.get(RoutesSettings.class);
        Path folder = routes == null ? Home.resolve(settings.directory()) : routes;
        if (!Files.isDirectory(folder))
            throw new ParameterException(spec.commandLine(), "Folder not found: " + folder + ".");
        try (RouteLint lint = new RouteLint(settings, configuration.properties());
                RouteSurvey survey = lint.survey(folder)) {
            if (!survey.isSound()) return refused(survey);
            DeclaredFile declared = DeclaredFile.read(
                    configuration.get(SubscriptionsSettings.class).file());
            Explanation explanation = new Explainer(configuration, survey, declared).explain(head, status);
            PrintWriter out = spec.commandLine().getOut();
            out.print(json ? ExplainJson.of(explanation) : ExplainText.of(explanation));
            out.flush();
            return 0;
        }
    }

    private int refused(RouteSurvey survey) {
        PrintWriter err = spec.commandLine().getErr();
        survey.problems().forEach(problem -> err.println(VisibleText.lines(problem.text())));
        err.println("eventful: a gateway does not load these routes; correct them first");
        err.flush();
        return CommandErrorHandler.FAILED;
    }

    private RequestHead head(EdgeSettings edge) {
        List<Fields.Field> fields = new ArrayList<>();
        String named = host;
        for (String header : headers) {
            // The name of a field contains neither.
            String[] parts = header.split("[:=]", 2);
            if (parts.length < 2 || parts[0].isEmpty())
                throw new ParameterException(
                        spec.commandLine(), "--header must be 'NAME: VALUE', such as 'X-Tenant: acme'.");
            Fields.Field field = new Fields.Field(parts[0].strip(), parts[1].strip());
            if (!field.name().equalsIgnoreCase("host")) fields.add(field);
            else if (named == null) named = field.value();
        }
        if (named == null) named = URI.create(edge.publicBase()).getRawAuthority();
        fields.addFirst(new Fields.Field("Host", named));
        try {
            return Dispatch.head(method, path, named, new Fields(fields));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "The gateway refuses such a request: " + e.getMessage());
        }
    }
}
