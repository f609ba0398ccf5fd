package io.eventful.routetest;

import io.eventful.event.Change;
import io.eventful.event.Event;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.StreamCache;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Takes the place of a Camel component that would need something outside: what a route sends there is kept. */
final class RecordingComponent extends DefaultComponent {

    private final Timeline timeline;
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /**
     * A message that a route has sent.
     *
     * @param endpoint scheme and path, without options
     * @param form of the body, which some components go by
     * @param options of the endpoint, with placeholders resolved
     */
    record Sent(String endpoint, String form, Map<String, String> options, Map<String, String> headers, String body) {}

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
        Map<String, String> options = new TreeMap<>();
        parameters.forEach((name, value) -> options.put(name, String.valueOf(value)));
        parameters.clear();
        String scheme = uri.substring(0, uri.indexOf(':'));
        return new RecordingEndpoint(uri, scheme + ":" + remaining, Map.copyOf(options), this);
    }

    private void keep(String endpoint, Map<String, String> options, Exchange exchange) {
        Map<String, String> headers = new TreeMap<>();
        exchange.getMessage().getHeaders().keySet().forEach(name -> {
            String value = exchange.getMessage().getHeader(name, String.class);
            if (value != null) headers.put(name.toLowerCase(Locale.ROOT), value);
        });
        String form = form(exchange.getMessage().getBody());
        String body = exchange.getMessage().getBody(String.class);
        sent.add(new Sent(endpoint, form, options, headers, body == null ? "" : body));
        timeline.add("sent to " + endpoint);
    }

    private static String form(@Nullable Object body) {
        return switch (body) {
            case null -> "none";
            case Event event -> "event";
            case Change change -> "change";
            case CharSequence text -> "text";
            case byte[] bytes -> "bytes";
            case InputStream stream -> "bytes";
            case StreamCache stream -> "bytes";
            default -> body.getClass().getSimpleName();
        };
    }

    private static final class RecordingEndpoint extends DefaultEndpoint {

        private final String name;
        private final Map<String, String> options;
        private final RecordingComponent component;

        RecordingEndpoint(String uri, String name, Map<String, String> options, RecordingComponent component) {
            super(uri, component);
            this.name = name;
            this.options = options;
            this.component = component;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    component.keep(name, options, exchange);
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
