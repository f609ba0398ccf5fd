package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.EventfulGateway;
import io.eventful.edge.EdgeServer;
import io.eventful.event.Json;
import io.eventful.harness.RecordingSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** The gateway with all its parts in this process, before a system that keeps what is written to it. */
public final class LiveGateway implements AutoCloseable {

    public static final String KEY = "a-key-of-the-test";

    @ConfigurationPropertiesScan("io.eventful")
    static class Settings {}

    /** Beans that tests declare for themselves are no part of the gateway. */
    static final class ShippedOnly extends TypeExcludeFilter {
        private static final String TESTS = LiveGateway.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
            return type.getResource().getURL().getPath().startsWith(TESTS);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ShippedOnly;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    final RecordingSystem upstream = new RecordingSystem(Duration.ZERO);
    private final ConfigurableApplicationContext application;
    private final HttpClient http = HttpClient.newHttpClient();

    public LiveGateway(Path data, Path routes, Map<String, String> more) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("eventful.data", data.toString());
        properties.put("eventful.edge.port", "0");
        properties.put("eventful.edge.bind", "127.0.0.1");
        properties.put("eventful.admin.key", KEY);
        properties.put("eventful.routes.directory", routes.toString());
        properties.put("eventful.routes.limits.debounce", "50ms");
        properties.put("eventful.routes.limits.poll", "300ms");
        properties.put("eventful.upstreams.default.url", upstream.address().toString());
        properties.put("eventful.delivery.allowed-networks", "127.0.0.0/8");
        properties.put("server.port", "0");
        properties.put("server.address", "127.0.0.1");
        properties.putAll(more);
        List<String> arguments = new ArrayList<>();
        properties.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        application = new SpringApplicationBuilder(EventfulGateway.class, Settings.class)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .initializers(context -> context.getBeanFactory().registerSingleton("shipped", new ShippedOnly()))
                .run(arguments.toArray(String[]::new));
    }

    RouteSets routes() {
        return application.getBean(RouteSets.class);
    }

    CamelContext camel() {
        return routes().running().orElseThrow().context();
    }

    public <T> T bean(Class<T> type) {
        return application.getBean(type);
    }

    public URI data(String path) {
        return URI.create(
                "http://127.0.0.1:" + application.getBean(EdgeServer.class).port() + path);
    }

    /** The system behind. */
    public RecordingSystem upstream() {
        return upstream;
    }

    /** A call through the data port. */
    public HttpResponse<String> call(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(data(path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        return send(request.build());
    }

    /** The admin port. */
    public URI adminAddress() {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"));
    }

    /** A call of the admin API. */
    public JsonNode admin(String method, String path, String body) {
        HttpResponse<String> response =
                send(HttpRequest.newBuilder(adminAddress().resolve(path))
                        .header("Authorization", "Bearer " + KEY)
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build());
        if (response.statusCode() >= 400) throw new IllegalStateException(response.statusCode() + response.body());
        return Json.parse(response.body());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        application.close();
        upstream.close();
    }
}
