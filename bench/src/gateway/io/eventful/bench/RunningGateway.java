package io.eventful.bench;

import io.eventful.EventfulGateway;
import io.eventful.channel.Channels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway in this process, and a consumer of its channel that only counts. */
final class RunningGateway implements AutoCloseable {

    private static final CompletionStage<Void> DONE = CompletableFuture.completedFuture(null);

    final AtomicLong received = new AtomicLong();
    private final ConfigurableApplicationContext application;

    @ConfigurationPropertiesScan("io.eventful")
    static class Settings {}

    RunningGateway(Path data, Path routes, Map<String, String> broker) {
        Map<String, String> properties = new HashMap<>(broker);
        properties.put("eventful.data", data.toString());
        properties.put("eventful.routes.directory", routes.toString());
        properties.put("eventful.edge.port", "0");
        properties.put("eventful.edge.bind", "127.0.0.1");
        properties.put("eventful.upstreams.default.url", "http://127.0.0.1:9");
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        application = new SpringApplicationBuilder(EventfulGateway.class, Settings.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(properties.entrySet().stream()
                        .map(entry -> "--" + entry.getKey() + "=" + entry.getValue())
                        .toArray(String[]::new));
        application.getBean(Channels.class).consume("bench", "counter", event -> {
            received.incrementAndGet();
            return DONE;
        });
    }

    @Override
    public void close() {
        application.close();
    }
}
