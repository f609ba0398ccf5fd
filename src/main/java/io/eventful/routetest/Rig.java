package io.eventful.routetest;

import io.eventful.channel.InProcessBroker;
import io.eventful.config.LoadedConfiguration;
import io.eventful.edge.EdgeServer;
import io.eventful.event.Activity;
import io.eventful.event.Timers;
import io.eventful.routes.RouteMetadataCache;
import io.eventful.routes.RoutesSettings;
import io.eventful.store.SchemaTemplates;
import io.eventful.view.AdminAccess;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Component;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.AnnotationConfigUtils;
import org.springframework.core.env.MapPropertySource;

/**
 * The gateway of one test: its real parts, from the data port to the delivery client, with the clock, the broker, the
 * systems behind and the subscribers replaced, and with a store that begins empty.
 */
final class Rig implements AutoCloseable {

    /** When a test begins, unless it says otherwise. */
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    /** Opens views, in tests only. */
    static final String KEY = "key-of-the-test";

    static final String PUBLIC_URL = "http://gateway.test";

    private final Workbench bench;
    private final Path data;
    private final VirtualTime time;
    private final Timeline timeline;
    private final Holdback holdback = new Holdback();
    private final InProcessBroker broker = new InProcessBroker();
    private final Map<String, RecordingComponent> outside = new LinkedHashMap<>();
    private final StandIns standIns;
    private final Traces traces;
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    /**
     * Starts. Fails with what the gateway's start fails with.
     *
     * @param routes folder with the route files and nothing else
     */
    Rig(TestCase test, Path routes, Workbench bench, Coverage coverage) {
        this.bench = bench;
        this.data = bench.data();
        String begin = TestCase.text(test.given(), "time");
        time = new VirtualTime(begin.isEmpty() ? BEGIN : Instant.parse(begin));
        timeline = new Timeline(time);
        traces = new Traces(coverage, timeline, holdback);
        standIns = new StandIns(test, time, timeline, bench);
        try {
            Map<String, String> settings = settings(test);
            settings.putAll(standIns.patience(bench.configuration(settings)));
            configure(bench.configuration(settings), test, routes);
            context.refresh();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The same for as many tests as possible: reading them takes longer than many a test. */
    private Map<String, String> settings(TestCase test) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("eventful.edge.port", "0");
        settings.put("eventful.edge.bind", "127.0.0.1");
        settings.put("eventful.edge.public-url", PUBLIC_URL);
        settings.put("eventful.edge.limits.event-loops", "1");
        settings.put("eventful.routes.reload", "false");
        settings.put("eventful.delivery.allowed-networks[0]", "127.0.0.0/8");
        settings.putAll(test.file().settings());
        settings.putAll(TestFile.settings(test.document()));
        settings.putAll(standIns.settings());
        return settings;
    }

    private void configure(LoadedConfiguration configuration, TestCase test, Path routes) {
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test", configuration.properties()));
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("data", Map.of("eventful.data", data.toString())));
        configuration.settings().forEach(settings -> register(placed(settings, routes)));
        context.registerBean(Clock.class, () -> time);
        context.registerBean(Timers.class, time::timers);
        context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
        context.registerBean(AdminAccess.class, () -> (key, head) -> key.equals(KEY));
        context.registerBean(InProcessBroker.class, () -> broker);
        context.registerBean(SchemaTemplates.class, bench.shared()::schemas);
        context.registerBean(RouteMetadataCache.class, bench.shared()::knowledge);
        context.registerBean(Seed.class, () -> new Seed(test, context));
        context.registerBean(Traces.class, () -> traces);
        context.registerBean(Resequencers.class, Resequencers::new);
        for (String scheme : standIns.outside()) {
            RecordingComponent component = new RecordingComponent(timeline);
            outside.put(scheme, component);
            context.registerBean(scheme + "-component", Component.class, () -> component);
        }
        context.register(Parts.configurations());
        hasten();
    }

    private static Object placed(Object settings, Path routes) {
        return settings instanceof RoutesSettings own ? own.withDirectory(routes.toString()) : settings;
    }

    /** Leaves out annotations that no part of the gateway uses and Spring would look for in every bean, and lets it remember what it has read. */
    private void hasten() {
        context.removeBeanDefinition(AnnotationConfigUtils.EVENT_LISTENER_PROCESSOR_BEAN_NAME);
        context.removeBeanDefinition(AnnotationConfigUtils.COMMON_ANNOTATION_PROCESSOR_BEAN_NAME);
        context.getBeanDefinition(AnnotationConfigUtils.CONFIGURATION_ANNOTATION_PROCESSOR_BEAN_NAME)
                .getPropertyValues()
                .add("metadataReaderFactory", bench.shared().metadata());
    }

    @SuppressWarnings("unchecked")
    private void register(Object settings) {
        context.registerBean((Class<Object>) settings.getClass(), () -> settings);
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    List<Activity> activities() {
        return List.copyOf(context.getBeansOfType(Activity.class).values());
    }

    VirtualTime time() {
        return time;
    }

    Timeline timeline() {
        return timeline;
    }

    Holdback holdback() {
        return holdback;
    }

    InProcessBroker broker() {
        return broker;
    }

    StandIns standIns() {
        return standIns;
    }

    Map<String, RecordingComponent> outside() {
        return outside;
    }

    String address() {
        return "http://127.0.0.1:" + bean(EdgeServer.class).port();
    }

    @Override
    public void close() {
        // First the other ends, so that nothing under way waits for them.
        standIns.close();
        context.close();
        bench.clear(data);
    }
}
