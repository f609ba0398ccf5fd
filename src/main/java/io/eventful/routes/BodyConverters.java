package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Event;
import io.eventful.event.EventJson;
import io.eventful.event.Json;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.spi.TypeConverterLoader;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

/**
 * Camel type converters of changes and events to JSON as text, bytes, stream, tree or map, for steps that know neither.
 * An event is converted to structured mode. Camel finds this class through its service file.
 */
public final class BodyConverters implements TypeConverterLoader {

    @Override
    public void load(TypeConverterRegistry registry) {
        register(registry, Change.class, ChangeJson::tree);
        // A step may modify the result, but not the change itself, which other routes share.
        add(
                registry,
                JsonNode.class,
                Change.class,
                change -> ChangeJson.tree(change).deepCopy());
        register(registry, Event.class, EventJson::tree);
        // Camel compares numbers as integers if both can be converted: a fraction must not convert, because 10.5 would
        // equal 10.
        add(registry, Long.class, BigDecimal.class, BigDecimal::longValueExact);
    }

    private static <S> void register(TypeConverterRegistry registry, Class<S> source, Function<S, JsonNode> tree) {
        add(registry, JsonNode.class, source, tree);
        add(registry, Map.class, source, tree.andThen(BodyViews::of));
        add(registry, byte[].class, source, tree.andThen(Json::bytes));
        add(registry, String.class, source, tree.andThen(Json::text));
        add(registry, InputStream.class, source, tree.andThen(Json::bytes).andThen(ByteArrayInputStream::new));
    }

    private static <S> void add(TypeConverterRegistry registry, Class<?> target, Class<S> source, Function<S, ?> rule) {
        registry.addTypeConverter(
                target,
                source,
                new SimpleTypeConverter(
                        false, (Class<?> type, Exchange exchange, Object value) -> rule.apply(source.cast(value))));
    }
}
