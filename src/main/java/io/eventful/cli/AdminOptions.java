package io.eventful.cli;

import io.eventful.admin.AdminSettings;
import io.eventful.config.ConfigurationSources;
import io.eventful.config.FieldText;
import io.eventful.config.LoadedConfiguration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of the commands that call the admin port of a running gateway. Missing values are taken from the gateway's own
 * configuration file and environment variables.
 */
final class AdminOptions {

    @Option(
            names = "--admin",
            paramLabel = "URL",
            converter = AdminUriConverter.class,
            description = "address of the admin port; default: from the configuration, else http://127.0.0.1:8081")
    private @Nullable URI admin;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            converter = PortConverter.class,
            description = "number of the admin port on this machine, instead of --admin")
    private @Nullable Integer port;

    @Option(
            names = "--key",
            description =
                    "the admin key; default: from the configuration (EVENTFUL_ADMIN_KEY), else admin.key in the data"
                            + " folder")
    private @Nullable String key;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "the gateway's data folder; default: from the configuration, else data")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "the gateway's configuration file, instead of config/application.yaml")
    private @Nullable Path config;

    private @Nullable LoadedConfiguration configuration;

    /** A request to the admin API with the admin key. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(admin().resolve(path)).header("Authorization", "Bearer " + sendable(key()));
    }

    /** Checks the key first, because the HTTP client would quote an invalid one in its error message. */
    private static String sendable(String key) {
        FieldText.problem(key).ifPresent(problem -> {
            throw new CommandException("the admin key " + problem);
        });
        return key;
    }

    /** The address of the admin port, as given or configured. */
    URI admin() {
        if (admin != null && port != null)
            throw new ArgumentException("--admin and --admin-port both say where the gateway is; keep one of them");
        if (admin != null) return admin;
        if (port != null) return URI.create("http://127.0.0.1:" + port);
        AdminSettings settings = configuration().get(AdminSettings.class);
        return URI.create("http://" + Gateway.host(settings.bind()) + ":" + settings.port());
    }

    private String key() {
        if (key != null) return key;
        String configured = configuration().get(AdminSettings.class).key();
        if (configured != null) return configured;
        Path file = Home.resolve(folder()).resolve("admin.key");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandException("no admin key: " + file.toAbsolutePath()
                    + " cannot be read; set --key or EVENTFUL_ADMIN_KEY, or name the gateway's data folder"
                    + " with --data");
        }
    }

    private String folder() {
        if (data != null) return data.toString();
        return String.valueOf(configuration().properties().getOrDefault("eventful.data", "data"));
    }

    /** The configuration of the gateway; fails with all its problems. */
    LoadedConfiguration configuration() {
        LoadedConfiguration known = configuration;
        if (known == null) {
            known = SettingsCatalogue.loader()
                    .load(new ConfigurationSources(Home.configuration(config), System.getenv(), List.of()));
            configuration = known;
        }
        return known;
    }
}
