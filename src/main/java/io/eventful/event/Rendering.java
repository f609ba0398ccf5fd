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
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Renders a change as an event: one of the three patterns, or a variant, which differs only in its data. */
public sealed interface Rendering permits NotificationRendering, FirebaseRendering, Rendering.Claimable {

    /** Option of every rendering: the maximum size of the data; larger data is replaced by a claim check or shortened. */
    String LIMIT = "limit";

    /** Option of the change renderings: one event per changed member. */
    String SPLIT = "split";

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

    /** The rendering with a name, such as {@code state} or {@code change-object}. */
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

    /** Names of the text template options of this rendering, in addition to the common options. */
    Set<String> options();

    /** Names of all its options. */
    default Set<String> allOptions() {
        Set<String> all = new TreeSet<>(options());
        all.add(Envelope.DATASCHEMA);
        all.add(LIMIT);
        if (this instanceof Splittable) all.add(SPLIT);
        return all;
    }

    /** The event's data: compact JSON. */
    byte[] data(Change change, RenderContext context);

    /** The event; {@link Event#onChannel} sets its final id. */
    default Event render(Change change, RenderContext context) {
        return Envelope.around(this, change, context);
    }

    /** The events: one, or with {@link #SPLIT} one per changed member, all with the same revision. Never empty. */
    default List<Event> renderAll(Change change, RenderContext context) {
        if (!context.isSplit() || !(this instanceof Splittable splittable)) return List.of(render(change, context));
        return SplitEvents.of(splittable, change, context);
    }

    /** A rendering that supports claim checks. */
    sealed interface Claimable extends Rendering permits StateRendering, EventBridgeRendering, Splittable {
        /** The data of the claim check. */
        byte[] claim(Change change, RenderContext context, String link);

        /** Whether a claim check is shorter, and its link leads to something. */
        default boolean isClaimable(Change change) {
            return ClaimCheck.isOfKnown(change);
        }
    }

    /** A rendering that supports {@link #SPLIT}. */
    sealed interface Splittable extends Claimable
            permits ChangeRendering, ChangeObjectRendering, ChangeGenericRendering {
        /** The granularity of the members. */
        FlatChanges.Depth depth();

        /** The data of the event of one member. */
        byte[] part(Change change, FlatChanges.Member member);
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

    /** Fails with {@link IllegalArgumentException} if an option is unknown or its value is invalid. */
    default void check(Map<String, String> values) {
        values.forEach((name, value) -> {
            if (!allOptions().contains(name))
                throw new IllegalArgumentException(
                        "event:" + name() + " has no option " + name + "; its options are " + allOptions());
            switch (name) {
                case Envelope.DATASCHEMA -> Envelope.checkSchema(value);
                case LIMIT -> Sizes.parse(name, value);
                case SPLIT -> {
                    if (!value.equals("true") && !value.equals("false"))
                        throw new IllegalArgumentException(
                                "option " + name + " is \"" + value + "\"; use true or false");
                }
                case Notification.TAGS -> {
                    TextTemplate.check(name, value);
                    Notification.checkTags(value);
                }
                default -> TextTemplate.check(name, value);
            }
        });
    }
}
