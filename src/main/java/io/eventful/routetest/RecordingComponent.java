package io.eventful.routetest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** Takes the place of a Camel component that would need something outside: what a route sends there is kept. */
final class RecordingComponent extends DefaultComponent {

    private final Timeline timeline;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /**
     * A message that a route has sent.
     *
     * @param endpoint scheme and path, without options
     */
    record Sent(String endpoint, Map<String, String> headers, String body) {}

    RecordingComponent(Timeline timeline) {
        this.timeline = timeline;
        // What would be wired into the real component does not fit this one.
        setAutowiredEnabled(false);
    }

    List<Sent> sent() {
        return sent;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        String scheme = uri.substring(0, uri.indexOf(':'));
        return new RecordingEndpoint(uri, scheme + ":" + remaining, this);
    }

    private void keep(String endpoint, Exchange exchange) {
        Map<String, String> headers = new java.util.TreeMap<>();
        exchange.getMessage().getHeaders().keySet().forEach(name -> {
            String value = exchange.getMessage().getHeader(name, String.class);
            if (value != null) headers.put(name.toLowerCase(Locale.ROOT), value);
        });
        String body = exchange.getMessage().getBody(String.class);
        sent.add(new Sent(endpoint, headers, body == null ? "" : body));
        timeline.add("sent to " + endpoint);
    }

    private static final class RecordingEndpoint extends DefaultEndpoint {

        private final String name;
        private final RecordingComponent component;

        RecordingEndpoint(String uri, String name, RecordingComponent component) {
            super(uri, component);
            this.name = name;
            this.component = component;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    component.keep(name, exchange);
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new DefaultConsumer(this, processor);
        }

        @Override
        public boolean isLenientProperties() {
            return true;
        }
    }
}
