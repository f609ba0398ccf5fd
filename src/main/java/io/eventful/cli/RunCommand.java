package io.eventful.cli;

import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import io.eventful.config.LoadedConfiguration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./eventful run}: the gateway in the foreground. */
@Command(
        name = "run",
        description = "Starts the gateway in the foreground. SIGTERM stops it in order, with exit code 0.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--upstream",
            paramLabel = "URL",
            description = "URL of the upstream REST system (eventful.upstreams.default.url)")
    private @Nullable String upstream;

    @Option(names = "--port", description = "data port (eventful.edge.port), default 8080")
    private @Nullable String port;

    @Option(names = "--admin-port", description = "admin port (eventful.admin.port), default 8081")
    private @Nullable String adminPort;

    @Option(names = "--routes", paramLabel = "DIR", description = "folder of route files (eventful.routes.directory)")
    private @Nullable String routes;

    @Option(names = "--data", paramLabel = "DIR", description = "folder for all data of the gateway (eventful.data)")
    private @Nullable String data;

    @Option(names = "--broker", paramLabel = "KIND", description = "artemis or kafka (eventful.broker.kind)")
    private @Nullable String broker;

    @Option(
            names = "--allow-network",
            paramLabel = "CIDR",
            description = "non-public network (CIDR) that webhooks may be sent to; repeatable"
                    + " (eventful.delivery.allowed-networks)")
    private List<String> allowedNetworks = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "configuration file, instead of config/application.yaml")
    private @Nullable Path config;

    @Override
    public Integer call() throws InterruptedException {
        LoadedConfiguration configuration = SettingsCatalogue.starting()
                .load(new ConfigurationSources(Home.configuration(config), System.getenv(), flags()));
        ShutdownSignal end = ShutdownSignal.install();
        try (Gateway gateway = Gateway.start(configuration)) {
            spec.commandLine().getOut().println(gateway.readyLine());
            spec.commandLine().getOut().flush();
            end.await();
        }
        return 0;
    }

    private List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        flag(flags, "eventful.upstreams.default.url", upstream, "--upstream");
        flag(flags, "eventful.edge.port", port, "--port");
        flag(flags, "eventful.admin.port", adminPort, "--admin-port");
        flag(flags, "eventful.routes.directory", routes, "--routes");
        flag(flags, "eventful.data", data, "--data");
        flag(flags, "eventful.broker.kind", broker, "--broker");
        for (int i = 0; i < allowedNetworks.size(); i++) {
            flag(flags, "eventful.delivery.allowed-networks[" + i + "]", allowedNetworks.get(i), "--allow-network");
        }
        return flags;
    }

    private static void flag(List<Flag> flags, String key, @Nullable String value, String name) {
        if (value != null) flags.add(new Flag(key, value, name));
    }
}
