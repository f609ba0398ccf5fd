package io.eventful.routes;

import io.eventful.edge.Matcher;
import io.eventful.edge.Routing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.mock.MockEndpoint;
import org.springframework.context.support.GenericApplicationContext;

/** Route files of a test, loaded as the gateway loads them, with channels and edge watched from outside. */
final class Bench implements AutoCloseable {

    static final RoutesLimits LIMITS = new RoutesLimits(
            1000, 1 << 20, 200, Duration.ofMillis(150), Duration.ofMillis(200), Duration.ofSeconds(10), 1 << 16);

    /** Where nothing is captured, nothing has to be held. */
    static final SwapGuard UNGUARDED = new SwapGuard() {
        @Override
        public void swap(Runnable exchange) {
            exchange.run();
        }

        @Override
        public void end(Runnable stop) {
            stop.run();
        }
    };

    final Path folder;
    final RouteSets sets;
    final RouteFolder routeFolder;
    final RoutesSettings settings;
    final List<Matcher> endpoints = new ArrayList<>();
    final RestTable rest = new RestTable(LIMITS.drain());
    private final GenericApplicationContext application = new GenericApplicationContext();

    Bench(Path folder) {
        this(folder, application -> {}, UNGUARDED);
    }

    Bench(Path folder, Consumer<GenericApplicationContext> beans, SwapGuard guard) {
        this.folder = folder;
        this.settings = new RoutesSettings(folder.toString(), true, LIMITS);
        this.routeFolder = new RouteFolder(settings);
        application.registerBean(PublicUrl.class, () -> () -> "https://api.example.org");
        beans.accept(application);
        application.refresh();
        CamelContexts contexts = new CamelContexts(application, LIMITS, new RouteMetadataCache());
        this.sets = new RouteSets(
                routeFolder, new GenerationBuilder(settings, contexts, rest), guard, Clock.systemUTC(), LIMITS.drain());
    }

    static Bench of(Path folder, String yaml) {
        Bench bench = new Bench(folder);
        bench.write("routes.yaml", yaml);
        bench.sets.start();
        return bench;
    }

    Bench write(String name, String yaml) {
        try {
            Files.writeString(folder.resolve(name), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    CamelContext camel() {
        return sets.running().orElseThrow().context();
    }

    MockEndpoint mock(String name) {
        return camel().getEndpoint("mock:" + name, MockEndpoint.class);
    }

    Object request(String uri, Object body) {
        return camel().createProducerTemplate().requestBody(uri, body);
    }

    void send(String uri, Object body) {
        camel().createProducerTemplate().sendBody(uri, body);
    }

    @Override
    public void close() {
        sets.stop();
        application.close();
    }

    static Routing routing(List<Matcher> installed) {
        return (layer, matcher) -> installed.add(matcher);
    }
}
