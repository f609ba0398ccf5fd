package io.eventful.routes;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.rest.RestEndpoint;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Replaces every endpoint while routes are only checked: it opens no connection, file, queue or thread. */
final class CheckOnlyEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private final boolean shared;
    private final Endpoint real;

    CheckOnlyEndpoint(String uri, Component component, Endpoint real) {
        super(uri, component);
        this.real = real;
        this.shared = real instanceof MultipleConsumersSupport several && several.isMultipleConsumersSupported();
    }

    /** The same, except for endpoints of the {@code rest:} DSL, whose consumers only wait to be installed. */
    static Endpoint ofOthers(String uri, Endpoint real) {
        return real instanceof RestEndpoint ? real : of(uri, real);
    }

    /** The endpoint that this one stands for. */
    Endpoint real() {
        return real;
    }

    static Endpoint of(String uri, Endpoint real) {
        Component component = real instanceof DefaultEndpoint endpoint ? endpoint.getComponent() : null;
        return component == null ? real : new CheckOnlyEndpoint(uri, component, real);
    }

    /** Empty: Camel would try to inject the options of the real endpoint. */
    @Override
    protected void doInit() {
        // Nothing to prepare.
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
                throw new UnsupportedOperationException("this endpoint is only checked and processes no messages");
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new DefaultConsumer(this, processor);
    }
}
