package io.eventful.routes;

import org.apache.camel.Consumer;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** The Camel endpoint of a {@code rest:} consumer. */
final class EdgeRestEndpoint extends DefaultEndpoint {

    EdgeRestEndpoint(String uri, EdgeRestComponent component) {
        super(uri, component);
        setExchangePattern(ExchangePattern.InOut);
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("a rest: endpoint can only be used in from:");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("write rest: instead of " + getEndpointUri());
    }
}
