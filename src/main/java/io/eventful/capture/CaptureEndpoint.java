package io.eventful.capture;

import io.eventful.event.PathTemplate;
import java.util.Objects;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** The changes of the items of one template; where a route begins. */
final class CaptureEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

    private final @Nullable Captures captures;
    private final PathTemplate template;
    private final CaptureOptions options;

    CaptureEndpoint(
            String uri,
            CaptureComponent component,
            @Nullable Captures captures,
            PathTemplate template,
            CaptureOptions options) {
        super(uri, component);
        this.captures = captures;
        this.template = template;
        this.options = options;
    }

    PathTemplate template() {
        return template;
    }

    CaptureOptions options() {
        return options;
    }

    /** Each route of a template gets all of its changes. */
    @Override
    public boolean isMultipleConsumersSupported() {
        return true;
    }

    @Override
    public Producer createProducer() {
        throw new UnsupportedOperationException("capture: can only be used in from:; nothing can be sent to it");
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        return new CaptureConsumer(this, processor, Objects.requireNonNull(captures));
    }
}
