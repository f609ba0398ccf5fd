package io.eventful.routes;

import io.eventful.edge.EdgeServer;
import io.eventful.edge.Routing;
import io.micrometer.core.instrument.MeterRegistry;
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
    PublicUrl publicUrl(EdgeServer edge) {
        return edge::publicUrl;
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
            SwapGuard guard,
            Clock clock,
            ApplicationContext application,
            ObjectProvider<RouteMetadataCache> shared) {
        RouteMetadataCache knowledge = shared.getIfAvailable(RouteMetadataCache::new);
        CamelContexts contexts = new CamelContexts(application, settings.limits(), knowledge);
        GenerationBuilder builder = new GenerationBuilder(settings, contexts, restTable);
        return new RouteSets(folder, builder, guard, clock, settings.limits().drain());
    }

    @Bean
    RoutesMetrics routesMetrics(RouteSets sets, ObjectProvider<MeterRegistry> registry) {
        RoutesMetrics metrics = new RoutesMetrics(sets);
        registry.ifAvailable(metrics::bind);
        return metrics;
    }

    @Bean
    RoutesLifecycle routesLifecycle(RouteSets sets, RoutesSettings settings, RouteFolder folder) {
        return new RoutesLifecycle(sets, settings, folder);
    }
}
