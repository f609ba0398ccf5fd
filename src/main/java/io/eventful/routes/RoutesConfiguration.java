package io.eventful.routes;

import io.eventful.channel.Channels;
import io.eventful.edge.EdgeSettings;
import io.eventful.edge.Routing;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the routes. */
@Configuration(proxyBeanMethods = false)
class RoutesConfiguration {

    @Bean
    RouteFolder routeFolder(RoutesSettings settings) {
        return new RouteFolder(settings);
    }

    @Bean
    PublicUrl publicUrl(EdgeSettings edge) {
        return new PublicUrl(
                edge.publicUrl() == null
                        ? "http://localhost:" + edge.port()
                        : edge.publicUrl().toString());
    }

    @Bean
    RestTable restTable(RoutesSettings settings, Routing routing) {
        RestTable table = new RestTable(settings.limits().drain());
        routing.install(Routing.Layer.ENDPOINT, table);
        return table;
    }

    @Bean
    RouteSets routeSets(
            RoutesSettings settings,
            RouteFolder folder,
            RestTable restTable,
            Channels channels,
            ObjectProvider<SwapGuard> guard,
            Clock clock,
            ApplicationContext application) {
        CamelContexts contexts = new CamelContexts(application, settings.limits());
        GenerationBuilder builder = new GenerationBuilder(settings, contexts, restTable);
        SwapGuard present = guard.getIfAvailable(() -> Runnable::run);
        return new RouteSets(
                folder, builder, channels, present, clock, settings.limits().drain());
    }

    @Bean
    RoutesLifecycle routesLifecycle(RouteSets sets, RoutesSettings settings, RouteFolder folder) {
        return new RoutesLifecycle(sets, settings, folder);
    }
}
