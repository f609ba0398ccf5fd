package io.eventful.config;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.ResolvableType;

/** The known configuration keys, derived from the settings records. */
sealed interface Schema {

    /** Fixed members, by name without case and dashes. */
    record Group(Map<String, Member> members) implements Schema {}

    /** A map: freely named members of one type. */
    record Table(Schema value) implements Schema {}

    /** A list of scalars, or of groups. */
    record Sequence(Schema element) implements Schema {}

    /** A scalar. */
    record Scalar(ResolvableType type) implements Schema {}

    /** A member with its canonical (kebab-case) name. */
    record Member(String name, Schema schema) {}

    /** The schema of all keys below {@code eventful}. */
    static Group of(List<Class<?>> settings, Map<String, Class<?>> scalars) {
        Group root = new Group(new LinkedHashMap<>());
        scalars.forEach((name, type) ->
                root.members().put(fold(name), new Member(name, new Scalar(ResolvableType.forClass(type)))));
        for (Class<?> type : settings) {
            ConfigurationProperties properties = type.getAnnotation(ConfigurationProperties.class);
            if (properties == null) throw new IllegalStateException(type + " has no prefix");
            Schema schema = of(ResolvableType.forClass(type));
            if (properties.value().equals("eventful")) {
                root.members().putAll(((Group) schema).members());
                continue;
            }
            String prefix = properties.value().substring("eventful.".length());
            // A record that only wraps a map represents the map itself: eventful.upstreams.<name>.
            if (schema instanceof Group group && isWrapper(type)) {
                schema = group.members().values().iterator().next().schema();
            }
            root.members().put(fold(prefix), new Member(prefix, schema));
        }
        return root;
    }

    /** True for a record with a single map, whose members are directly below its prefix. */
    static boolean isWrapper(Class<?> type) {
        ConfigurationProperties properties = type.getAnnotation(ConfigurationProperties.class);
        if (properties != null && properties.value().equals("eventful")) return false;
        RecordComponent @Nullable [] components = type.getRecordComponents();
        return components != null && components.length == 1 && components[0].getType() == Map.class;
    }

    private static Schema of(ResolvableType type) {
        Class<?> raw = type.toClass();
        if (raw.isRecord()) {
            Map<String, Member> members = new LinkedHashMap<>();
            for (RecordComponent component : raw.getRecordComponents()) {
                String name = kebab(component.getName());
                members.put(fold(name), new Member(name, of(ResolvableType.forType(component.getGenericType()))));
            }
            return new Group(members);
        }
        if (Map.class.isAssignableFrom(raw)) return new Table(of(type.getGeneric(1)));
        if (List.class.isAssignableFrom(raw) || Set.class.isAssignableFrom(raw)) {
            return new Sequence(of(type.getGeneric(0)));
        }
        return new Scalar(type);
    }

    /** {@code retrySchedule} to {@code retry-schedule}. */
    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    /** A name without case, dashes and underscores, for relaxed binding. */
    static String fold(String name) {
        return name.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    }
}
