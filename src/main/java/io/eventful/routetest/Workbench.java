package io.eventful.routetest;

import io.eventful.config.ConfigurationLoader;
import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import io.eventful.config.LoadedConfiguration;
import io.eventful.routes.RouteMetadataCache;
import io.eventful.store.SchemaTemplates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.util.FileSystemUtils;

/** What one test after the other uses: ports that stay the same, and what is made of settings that stay the same. */
final class Workbench implements AutoCloseable {

    private final Path folder;
    private final Shared shared;
    private final ConfigurationLoader loader = Parts.loader();
    private final Map<String, StubServer> servers = new HashMap<>();
    private final Map<Map<String, String>, LoadedConfiguration> configurations = new HashMap<>();
    private int number;

    /** @param folder for the data of tests; nobody else writes there */
    Workbench(Path folder, Shared shared) {
        this.folder = folder;
        this.shared = shared;
    }

    /**
     * What the tests of all benches use.
     *
     * @param metadata of the classes that Spring reads
     */
    record Shared(SchemaTemplates schemas, RouteMetadataCache knowledge, MetadataReaderFactory metadata) {}

    Shared shared() {
        return shared;
    }

    /** The stand-in of a role. */
    StubServer server(String role) {
        return servers.computeIfAbsent(role, absent -> new StubServer());
    }

    /** Reads and checks settings, as the gateway does at its start. */
    LoadedConfiguration configuration(Map<String, String> settings) {
        return configurations.computeIfAbsent(Map.copyOf(settings), absent -> {
            List<Flag> flags = new ArrayList<>();
            settings.forEach((key, value) -> flags.add(new Flag(key, value, "the test's settings")));
            return loader.load(new ConfigurationSources(null, Map.of(), flags));
        });
    }

    /** A folder for the data of one test, which does not exist yet. */
    Path data() {
        return folder.resolve("data-" + ++number);
    }

    /** The test is over. */
    void clear(Path data) {
        try {
            FileSystemUtils.deleteRecursively(data);
        } catch (IOException e) {
            throw new UncheckedIOException(data + " cannot be deleted", e);
        }
    }

    @Override
    public void close() {
        servers.values().forEach(StubServer::close);
    }
}
