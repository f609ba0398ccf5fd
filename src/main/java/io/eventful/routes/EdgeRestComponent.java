package io.eventful.routes;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.spi.RestConsumerFactory;
import org.apache.camel.support.DefaultComponent;
import org.jspecify.annotations.Nullable;

/** Serves Camel's {@code rest:} DSL on the data port. One instance belongs to one generation of routes. */
final class EdgeRestComponent extends DefaultComponent implements RestConsumerFactory {

    static final String NAME = "edge-rest";

    private final RestTable table;
    private final RoutesLimits limits;
    private final List<EdgeRestConsumer> consumers = new CopyOnWriteArrayList<>();

    EdgeRestComponent(RestTable table, RoutesLimits limits) {
        this.table = table;
        this.limits = limits;
    }

    /** Makes the endpoints of this generation serve requests; requests wait until their routes have started. */
    void install() {
        table.install(consumers);
    }

    @Override
    public Consumer createConsumer(
            CamelContext context,
            Processor processor,
            String verb,
            String basePath,
            @Nullable String uriTemplate,
            @Nullable String consumes,
            @Nullable String produces,
            RestConfiguration configuration,
            Map<String, Object> parameters) {
        String contextPath = configuration.getContextPath() == null ? "" : configuration.getContextPath();
        String path = contextPath + "/" + basePath + "/" + (uriTemplate == null ? "" : uriTemplate);
        String method = verb.toUpperCase(Locale.ROOT);
        EdgeRestEndpoint endpoint = new EdgeRestEndpoint(NAME + ":" + method + ":" + path, this);
        EdgeRestConsumer consumer = new EdgeRestConsumer(
                endpoint, processor, method, new RestPath(path), produces == null ? "" : produces, limits.restBody());
        consumers.add(consumer);
        return consumer;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        throw new IllegalArgumentException("write rest: instead of " + NAME + ":");
    }
}
