package io.eventful.routes;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Stands in for an endpoint while routes are only checked: nothing connects, no file, queue or thread is made. */
final class InertEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private final boolean shared;

    InertEndpoint(String uri, Component component, Endpoint real) {
        super(uri, component);
        this.shared = real instanceof MultipleConsumersSupport several && several.isMultipleConsumersSupported();
    }

    static Endpoint of(String uri, Endpoint real) {
        Component component = real instanceof DefaultEndpoint endpoint ? endpoint.getComponent() : null;
        return component == null ? real : new InertEndpoint(uri, component, real);
    }

    /** Camel would look for beans for options of the real endpoint, by a configurer that takes nothing else. */
    @Override
    protected void doInit() {
        // There is nothing to prepare.
    }

    @Override
    public boolean isMultipleConsumersSupported() {
        return shared;
    }

    @Override
    public boolean isLenientProperties() {
        return true;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                throw new UnsupportedOperationException("routes that are only checked handle nothing");
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor);
    }
}
