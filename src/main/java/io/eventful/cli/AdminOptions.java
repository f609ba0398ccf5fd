package io.eventful.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the commands for a running gateway reach its admin port. */
final class AdminOptions {

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description = "the admin port, default ${DEFAULT-VALUE}",
            defaultValue = "http://127.0.0.1:8081")
    private URI admin = URI.create("http://127.0.0.1:8081");

    @Option(names = "--key", description = "the admin key; else EVENTFUL_ADMIN_KEY, else admin.key in the data folder")
    private @Nullable String key;

    @Option(names = "--data", paramLabel = "DIR", description = "the gateway's data folder, default data")
    private Path data = Path.of("data");

    /** A request to a path of the admin API, with the key. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(admin.resolve(path)).header("Authorization", "Bearer " + key());
    }

    /** The address as the user gave it, for messages. */
    URI admin() {
        return admin;
    }

    private String key() {
        if (key != null) return key;
        String variable = System.getenv("EVENTFUL_ADMIN_KEY");
        if (variable != null && !variable.isEmpty()) return variable;
        Path file = Home.resolve(data.toString()).resolve("admin.key");
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandException("no admin key: " + file.toAbsolutePath()
                    + " cannot be read; give --key, EVENTFUL_ADMIN_KEY, or the gateway's data folder with --data");
        }
    }
}
