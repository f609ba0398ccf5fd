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

/** One way to tell a change: a pattern, or a variant of one, which differs in its data only. */
public sealed interface Rendering permits NotificationRendering, FirebaseRendering, Rendering.Claimable {

    /** Option of every rendering: the size of data from which a claim check, or a shorter text, takes its place. */
    String LIMIT = "limit";

    /** Option of the changes: one event for each changed member. */
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

    /** Names of the rendering's templates, which are options beside those that every rendering has. */
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

    /** The event, with an id that {@link Event#onChannel} makes final. */
    default Event render(Change change, RenderContext context) {
        return Envelope.around(this, change, context);
    }

    /** The events: one, or with {@link #SPLIT} one for each changed member, all of the same revision. Never none. */
    default List<Event> renderAll(Change change, RenderContext context) {
        if (!context.isSplit() || !(this instanceof Splittable splittable)) return List.of(render(change, context));
        return Parts.of(splittable, change, context);
    }

    /** A rendering that says of a change that is too large where its state is. */
    sealed interface Claimable extends Rendering permits StateRendering, EventBridgeRendering, Splittable {
        /** The data of the claim check. */
        byte[] claim(Change change, RenderContext context, String link);
    }

    /** A rendering that can tell each changed member by itself. */
    sealed interface Splittable extends Claimable
            permits ChangeRendering, ChangeObjectRendering, ChangeGenericRendering {
        /** How much a member is. */
        FlatChanges.Depth depth();

        /** The data about one member. */
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

    /** Fails with {@link IllegalArgumentException} when an option is unknown or its value cannot be used. */
    default void check(Map<String, String> values) {
        values.forEach((name, value) -> {
            if (!allOptions().contains(name))
                throw new IllegalArgumentException(
                        "event:" + name() + " has no option " + name + "; it has " + allOptions());
            switch (name) {
                case Envelope.DATASCHEMA -> Envelope.checkSchema(value);
                case LIMIT -> Sizes.parse(name, value);
                case SPLIT -> {
                    if (!value.equals("true") && !value.equals("false"))
                        throw new IllegalArgumentException(
                                "option " + name + " is \"" + value + "\": give true or false");
                }
                default -> TextTemplate.check(name, value);
            }
        });
    }
}
