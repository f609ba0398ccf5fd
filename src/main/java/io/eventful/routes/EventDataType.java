package io.eventful.routes;

import io.eventful.event.Change;
import io.eventful.event.ClaimLinks;
import io.eventful.event.Event;
import io.eventful.event.RenderContext;
import io.eventful.event.Rendering;
import io.eventful.exchange.RouteStep;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.spi.DataType;
import org.apache.camel.spi.Transformer;
import org.apache.camel.spi.TransformerKey;
import org.jspecify.annotations.Nullable;

/**
 * The Camel data types {@code event:…}: render the change in the message body as an event of a pattern or variant, or as
 * a list of events if the option {@code split} is {@code true}.
 *
 * <p>Options are part of the name, {@code event:notification?title={id}}, or exchange properties named
 * {@code event.<option>}, which any step can set.
 */
final class EventDataType extends Transformer {

    /** Scheme of the data types. */
    static final String SCHEME = "event";

    private static final String OPTION_PREFIX = SCHEME + ".";

    private final Map<String, TypeName> names = new ConcurrentHashMap<>();
    private volatile @Nullable PublicUrl base;

    private EventDataType() {
        super(SCHEME);
    }

    /** Registers the data types in a context; one transformer serves the whole scheme. */
    static void register(CamelContext context) {
        EventDataType transformer = new EventDataType();
        transformer.setCamelContext(context);
        context.getTransformerRegistry().put(new TransformerKey(SCHEME), transformer);
    }

    /** All names, such as {@code event:state}. */
    static Set<String> names() {
        return Rendering.ALL.keySet().stream().map(name -> SCHEME + ":" + name).collect(Collectors.toSet());
    }

    @Override
    public void transform(Message message, DataType from, DataType to) throws InvalidPayloadException {
        TypeName name = names.computeIfAbsent(to.toString(), TypeName::parse);
        Rendering rendering = name.rendering();
        Exchange exchange = message.getExchange();
        if (!(message.getBody() instanceof Change change))
            throw new IllegalArgumentException(RouteStep.of(exchange) + ": event:" + rendering.name()
                    + " needs a change as the message body, but the body is " + describe(message.getBody())
                    + "; render before any step that replaces the body, and only once");
        Map<String, String> options = options(exchange, name);
        if (options.size() > name.options().size()) rendering.check(withoutTemplates(options, rendering));
        ClaimLinks claims = getCamelContext().getRegistry().findSingleByType(ClaimLinks.class);
        List<Event> events = rendering.renderAll(change, new RenderContext(publicUrl(), options, claims));
        message.setBody("true".equals(options.get(Rendering.SPLIT)) ? events : events.getFirst());
    }

    private static String describe(@Nullable Object body) {
        return body == null ? "empty" : "a " + body.getClass().getSimpleName();
    }

    /** Options in the name take precedence over exchange properties. */
    private static Map<String, String> options(Exchange exchange, TypeName name) {
        Map<String, String> options = new HashMap<>(name.options());
        for (String option : name.rendering().allOptions()) {
            String value = exchange.getProperty(OPTION_PREFIX + option, String.class);
            if (value != null) options.putIfAbsent(option, value);
        }
        return options;
    }

    /** Excludes template options that a step computed: they may contain data of the item, so unknown placeholders are plain text. */
    private static Map<String, String> withoutTemplates(Map<String, String> options, Rendering rendering) {
        Map<String, String> others = new HashMap<>(options);
        others.keySet().removeAll(rendering.options());
        return others;
    }

    private String publicUrl() {
        PublicUrl known = base;
        if (known == null) {
            known = getCamelContext().getRegistry().findSingleByType(PublicUrl.class);
            if (known == null) throw new IllegalStateException("no base URL for the links in events is known");
            base = known;
        }
        return known.value();
    }
}
