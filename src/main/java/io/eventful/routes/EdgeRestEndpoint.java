package io.eventful.routes;

import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** What a {@code rest:} consumer belongs to in Camel's model. */
final class EdgeRestEndpoint extends DefaultEndpoint {

    EdgeRestEndpoint(String uri, EdgeRestComponent component) {
        super(uri, component);
        setExchangePattern(ExchangePattern.InOut);
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("a rest: endpoint is only consumed from");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("write rest: instead of " + getEndpointUri());
    }
}
