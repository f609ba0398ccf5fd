package io.eventful.routes;

import io.eventful.event.Change;
import io.eventful.event.RenderContext;
import io.eventful.event.Rendering;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.jspecify.annotations.Nullable;

/**
 * The data types {@code event:…}: each turns the change in the body into an event of its pattern or variant. Camel
 * finds them through {@code META-INF/services/org/apache/camel/transformer/event-…}.
 *
 * <p>Options of a rendering are read from exchange properties named {@code event.<option>}.
 */
public abstract class EventDataTypes extends Transformer {

    /** Scheme of the data types. */
    static final String SCHEME = "event";

    private static final String OPTION_PREFIX = "event.";
    private static final String DATASCHEMA = "dataschema";

    private final Rendering rendering;

    private EventDataTypes(String name) {
        super(SCHEME + ":" + name);
        this.rendering = Rendering.named(name).orElseThrow();
    }

    /** All names, such as {@code event:state}. */
    static Set<String> names() {
        return Rendering.ALL.keySet().stream().map(name -> SCHEME + ":" + name).collect(Collectors.toSet());
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws InvalidPayloadException {
        Exchange exchange = message.getExchange();
        if (!(message.getBody() instanceof Change change))
            throw new IllegalArgumentException(
                    "event:" + rendering.name() + " needs a change as the body, and the body "
                            + "of route " + exchange.getFromRouteId() + " at node "
                            + exchange.getExchangeExtension().getHistoryNodeId() + " is "
                            + describe(message.getBody())
                            + "; render before anything that replaces the body, and once only");
        Map<String, String> options = options(exchange);
        rendering.check(options);
        message.setBody(rendering.render(change, new RenderContext(publicUrl(), options)));
    }

    private static String describe(@Nullable Object body) {
        return body == null ? "empty" : "a " + body.getClass().getSimpleName();
    }

    private Map<String, String> options(Exchange exchange) {
        Map<String, String> options = new HashMap<>();
        for (String name : rendering.options()) option(exchange, name, options);
        option(exchange, DATASCHEMA, options);
        return options;
    }

    private static void option(Exchange exchange, String name, Map<String, String> options) {
        String value = exchange.getProperty(OPTION_PREFIX + name, String.class);
        if (value != null) options.put(name, value);
    }

    private String publicUrl() {
        PublicUrl base = getCamelContext().getRegistry().findSingleByType(PublicUrl.class);
        if (base == null) throw new IllegalStateException("there is no base for the links of events");
        return base.value();
    }

    /** {@code event:notification}: EN. */
    public static final class Notification extends EventDataTypes {
        public Notification() {
            super("notification");
        }
    }

    /** {@code event:notification-firebase}. */
    public static final class NotificationFirebase extends EventDataTypes {
        public NotificationFirebase() {
            super("notification-firebase");
        }
    }

    /** {@code event:state}: ECS. */
    public static final class State extends EventDataTypes {
        public State() {
            super("state");
        }
    }

    /** {@code event:state-eventbridge}. */
    public static final class StateEventBridge extends EventDataTypes {
        public StateEventBridge() {
            super("state-eventbridge");
        }
    }

    /** {@code event:change}: ES. */
    public static final class ChangeItself extends EventDataTypes {
        public ChangeItself() {
            super("change");
        }
    }

    /** {@code event:change-object}. */
    public static final class ChangeObject extends EventDataTypes {
        public ChangeObject() {
            super("change-object");
        }
    }

    /** {@code event:change-generic}. */
    public static final class ChangeGeneric extends EventDataTypes {
        public ChangeGeneric() {
            super("change-generic");
        }
    }
}
