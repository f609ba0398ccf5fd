package io.eventful.edge;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    @Bean
    RoutingTable routingTable() {
        return new RoutingTable();
    }

    @Bean(initMethod = "start", destroyMethod = "stop")
    EdgeEngine edgeEngine(EdgeSettings settings, UpstreamSettings upstreams, RoutingTable routing) {
        return new EdgeEngine(settings, upstreams, routing);
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
