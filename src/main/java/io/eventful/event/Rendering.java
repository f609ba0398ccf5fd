package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One way to tell a change: a pattern, or a variant of one, which differs in its data only. */
public sealed interface Rendering
        permits NotificationRendering,
                StateRendering,
                ChangeRendering,
                FirebaseRendering,
                EventBridgeRendering,
                ChangeObjectRendering,
                ChangeGenericRendering {

    /** All renderings by name, the three patterns and their variants. */
    Map<String, Rendering> ALL = List.of(
                    new NotificationRendering(),
                    new FirebaseRendering(),
                    new StateRendering(),
                    new EventBridgeRendering(),
                    new ChangeRendering(),
                    new ChangeObjectRendering(),
                    new ChangeGenericRendering())
            .stream()
            .collect(Collectors.toUnmodifiableMap(Rendering::name, Function.identity()));

    /** The rendering of a name, such as {@code state} or {@code change-object}. */
    static Optional<Rendering> named(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Name of the rendering: the pattern's, or {@code <pattern>-<shape>}. */
    String name();

    /** {@code notification}, {@code state} or {@code change}. */
    default String pattern() {
        int end = name().indexOf('-');
        return end < 0 ? name() : name().substring(0, end);
    }

    /** Names of the options that the rendering reads, besides {@code dataschema}, which every one does. */
    Set<String> options();

    /** The event's data: compact JSON. */
    byte[] data(Change change, RenderContext context);

    /** The event, with an id that {@link Event#onChannel} makes final. */
    default Event render(Change change, RenderContext context) {
        return Envelope.around(this, change, context);
    }

    /** The JSON Schema (draft 2020-12) of the data. */
    default JsonNode schema() {
        String resource = "/schemas/" + name() + ".json";
        try (InputStream schema = Objects.requireNonNull(Rendering.class.getResourceAsStream(resource), resource)) {
            return Json.parse(schema.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails with {@link IllegalArgumentException} when an option is unknown or its value cannot be used. */
    default void check(Map<String, String> values) {
        values.forEach((name, value) -> {
            if (!name.equals(Envelope.DATASCHEMA) && !options().contains(name))
                throw new IllegalArgumentException("event:" + name() + " has no option " + name + "; it has "
                        + options().stream().sorted().toList());
            if (options().contains(name)) TextTemplate.check(name, value);
        });
    }
}
