package io.eventful.cli;

import io.eventful.config.ConfigurationSources;
import io.eventful.config.ConfigurationSources.Flag;
import io.eventful.config.LoadedConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A temporary folder with the demo's data and route files, deleted at the end.
 *
 * @param path folder of this run
 */
record DemoFolder(Path path) implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DemoFolder.class);

    private static final int REMOVALS = 20;
    private static final int DATA_PORT = 8080;
    private static final int ADMIN_PORT = 8081;

    static DemoFolder create() throws IOException {
        Path path = Files.createTempDirectory("eventful-demo-");
        // Ctrl-C during the start or the calls ends the process without a call of close().
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(path), "demo-folder"));
        Path routes = Files.createDirectory(path.resolve("routes"));
        try (InputStream in = DemoFolder.class.getResourceAsStream("/demo/customers.yaml")) {
            if (in == null) throw new IOException("demo/customers.yaml is not in the jar");
            Files.copy(in, routes.resolve("customers.yaml"));
        }
        return new DemoFolder(path);
    }

    /** The demo's configuration: embedded defaults; ignores the user's environment and configuration file. */
    LoadedConfiguration configuration(String upstream, Ports ports) {
        return SettingsCatalogue.loader()
                .load(new ConfigurationSources(
                        null,
                        Map.of(),
                        List.of(
                                new Flag("logging.level.io.eventful", "WARN", "demo"),
                                new Flag("eventful.upstreams.default.url", upstream, "demo"),
                                new Flag("eventful.edge.bind", "127.0.0.1", "demo"),
                                new Flag("eventful.edge.port", ports.port(DATA_PORT), "demo"),
                                new Flag("eventful.admin.port", ports.port(ADMIN_PORT), "demo"),
                                new Flag("eventful.data", path.resolve("data").toString(), "demo"),
                                new Flag(
                                        "eventful.routes.directory",
                                        path.resolve("routes").toString(),
                                        "demo"),
                                new Flag("eventful.delivery.allowed-networks[0]", "127.0.0.0/8", "demo"))));
    }

    /** The ports of a demo. */
    enum Ports {
        /** The default ports; a free port instead of one that is in use. */
        USUAL,
        /** Free ports. */
        FREE;

        private String port(int usual) {
            return this == USUAL && isFree(usual) ? Integer.toString(usual) : "0";
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String adminKey() throws IOException {
        return Files.readString(path.resolve("data/admin.key")).strip();
    }

    /** Deletes a folder; repeats if a running component creates a file meanwhile. */
    private static void remove(Path path) {
        for (int attempt = 1; attempt <= REMOVALS; attempt++) {
            try {
                FileSystemUtils.deleteRecursively(path);
                return;
            } catch (IOException e) {
                if (attempt == REMOVALS) log.debug("demo.folder-left path={} reason=\"{}\"", path, e.toString());
            }
        }
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(path);
    }
}
