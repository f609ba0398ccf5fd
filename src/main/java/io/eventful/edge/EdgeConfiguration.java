package io.eventful.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Beans of the data port. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    @Bean
    RoutingTable routingTable() {
        return new RoutingTable();
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    EdgeEngine edgeEngine(
            EdgeSettings settings,
            UpstreamSettings upstreams,
            RoutingTable routing,
            ObjectProvider<MeterRegistry> registry) {
        return new EdgeEngine(settings, upstreams, routing, registry.getIfAvailable(CompositeMeterRegistry::new));
    }

    @Bean
    Upstreams upstreams(EdgeEngine engine) {
        return new UpstreamCalls(engine);
    }

    @Bean
    EdgeServer edgeServer(EdgeEngine engine, EdgeSettings settings) {
        return new EdgeServer(engine, settings);
    }
}
