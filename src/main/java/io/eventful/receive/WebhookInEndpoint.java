package io.eventful.receive;

import java.util.Objects;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** The webhooks that come in at one path; where a route begins. */
final class WebhookInEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private final @Nullable Receipts receipts;
    private final String path;
    private final ReceiveOptions options;

    WebhookInEndpoint(
            String uri,
            WebhookInComponent component,
            @Nullable Receipts receipts,
            String path,
            ReceiveOptions options) {
        super(uri, component);
        this.receipts = receipts;
        this.path = path;
        this.options = options;
    }

    String path() {
        return path;
    }

    ReceiveOptions options() {
        return options;
    }

    /** Each route of a path gets all of its receipts. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("webhook-in: can only be used in from:; nothing can be sent to it");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new WebhookInConsumer(this, processor, Objects.requireNonNull(receipts));
    }
}
