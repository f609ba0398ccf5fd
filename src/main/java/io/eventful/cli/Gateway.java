package io.eventful.cli;

import io.eventful.EventfulGateway;
import io.eventful.admin.AdminSettings;
import io.eventful.config.LoadedConfiguration;
import io.eventful.edge.EdgeServer;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.UpstreamSettings;
import io.eventful.routes.RoutesSettings;
import io.eventful.subscription.SubscriptionsSettings;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.web.context.support.StandardServletEnvironment;

/** A gateway that runs in this process. */
final class Gateway implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private Gateway(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts the gateway; returns when both ports are open. */
    static Gateway start(LoadedConfiguration configuration) {
        SpringApplication application = new SpringApplication(EventfulGateway.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setEnvironment(environment(configuration));
        application.addInitializers(context -> configuration
                .settings()
                .forEach(settings -> register((GenericApplicationContext) context, resolveRoutesFolder(settings))));
        return new Gateway(application.run());
    }

    /** Created first, because log levels are among the properties. */
    private static ConfigurableEnvironment environment(LoadedConfiguration configuration) {
        ConfigurableEnvironment environment = new StandardServletEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("eventful", properties(configuration)));
        return environment;
    }

    @SuppressWarnings("unchecked")
    private static void register(GenericApplicationContext context, Object settings) {
        context.registerBean((Class<Object>) settings.getClass(), () -> settings);
    }

    private static Map<String, Object> properties(LoadedConfiguration configuration) {
        Map<String, Object> properties = new HashMap<>(configuration.properties());
        // Otherwise Spring would also read application.yaml and application.properties in the current folder and its
        // subfolder config, which may belong to another program.
        properties.put("spring.config.location", "classpath:/application.yaml");
        AdminSettings admin = configuration.get(AdminSettings.class);
        properties.put("server.port", admin.port());
        properties.put("server.address", admin.bind());
        properties.put(
                "eventful.subscriptions.file",
                Home.file(configuration.get(SubscriptionsSettings.class).file()).toString());
        return properties;
    }

    /** Resolves the folder of the route files: in the current folder, or else next to the launcher. */
    private static Object resolveRoutesFolder(Object settings) {
        return switch (settings) {
            case RoutesSettings routes ->
                routes.withDirectory(Home.resolve(routes.directory()).toString());
            case SubscriptionsSettings subscriptions ->
                subscriptions.withFile(Home.file(subscriptions.file()).toString());
            default -> settings;
        };
    }

    /** URL of the data port for a client on this machine. */
    String dataAddress() {
        EdgeSettings edge = context.getBean(EdgeSettings.class);
        return (edge.tls().isOn() ? "https://" : "http://") + host(edge.bind()) + ":"
                + context.getBean(EdgeServer.class).port();
    }

    /** URL of the admin port for a client on this machine. */
    String adminAddress() {
        int port = ((ServletWebServerApplicationContext) context).getWebServer().getPort();
        return "http://" + host(context.getBean(AdminSettings.class).bind()) + ":" + port;
    }

    String readyLine() {
        return "ready " + dataAddress() + " -> "
                + context.getBean(UpstreamSettings.class).defaultUrl() + ", admin "
                + adminAddress();
    }

    /** A bean of the gateway. */
    <T> T part(Class<T> type) {
        return context.getBean(type);
    }

    /** The host that a client on this machine uses for a bind address. */
    static String host(String bind) {
        boolean any = bind.equals("0.0.0.0") || bind.equals("::");
        if (any) return "127.0.0.1";
        return bind.contains(":") ? "[" + bind + "]" : bind;
    }

    @Override
    public void close() {
        context.close();
    }
}
