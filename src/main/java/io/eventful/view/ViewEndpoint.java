package io.eventful.view;

import java.util.Objects;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.jspecify.annotations.Nullable;

/** The endpoint {@code view:NAME}, to which routes send events. */
final class ViewEndpoint extends DefaultEndpoint {

    private final @Nullable Views views;
    private final String name;
    private final ViewOptions options;

    ViewEndpoint(String uri, Component component, @Nullable Views views, String name, ViewOptions options) {
        super(uri, component);
        this.views = views;
        this.name = name;
        this.options = options;
    }

    Views views() {
        return Objects.requireNonNull(views);
    }

    String name() {
        return name;
    }

    ViewOptions options() {
        return options;
    }

    @Override
    public Producer createProducer() {
        return new ViewProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("view:" + name
                + " cannot be used in from:; read it on the data port at /.eventful/views/" + name + ", or a channel:");
    }
}
