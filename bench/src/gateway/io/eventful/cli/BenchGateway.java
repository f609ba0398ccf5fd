package io.eventful.cli;

import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole gateway, on its defaults, in the process of a benchmark. */
public final class BenchGateway implements AutoCloseable {

    private final Gateway gateway;
    private final Path data;

    /** @param channels each of which is fanned out to its subscriptions */
    public BenchGateway(Path folder, List<String> channels) throws Exception {
        data = folder.resolve("data");
        Path routes = Files.createDirectories(folder.resolve("routes"));
        StringBuilder yaml = new StringBuilder();
        for (String channel : channels) yaml.append("""
            - route:
                id: %1$s-subscribers
                from:
                  uri: channel:%1$s
                  steps:
                    - to: {uri: "subscribers:%1$s"}
            """.formatted(channel));
        Files.writeString(routes.resolve("bench.yaml"), yaml);
        Map<String, String> settings = Map.of(
                "eventful.upstreams.default.url", "http://127.0.0.1:9",
                "eventful.edge.port", "0",
                "eventful.admin.port", "0",
                "eventful.routes.directory", routes.toString(),
                "eventful.data", data.toString(),
                "eventful.delivery.allowed-networks[0]", "127.0.0.0/8");
        List<Flag> flags = new ArrayList<>();
        settings.forEach((key, value) -> flags.add(new Flag(key, value, "--bench")));
        gateway = Gateway.start(SettingsCatalogue.loader().load(new ConfigurationSources(null, Map.of(), flags)));
    }

    public <T> T part(Class<T> type) {
        return gateway.part(type);
    }

    public String admin() {
        return gateway.adminAddress();
    }

    public String key() throws Exception {
        return Files.readString(data.resolve("admin.key")).strip();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
