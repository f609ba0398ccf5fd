package io.eventful.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.convert.ConversionException;
import org.springframework.core.convert.TypeDescriptor;

/**
 * Reads the configuration from its sources, checks all of it, and either gives complete settings or one exception with
 * every problem: unknown keys, duplicates, values of the wrong kind, and what the settings records refuse.
 */
public final class ConfigurationLoader {

    private final List<Class<?>> types;
    private final Map<String, String> aliases;
    private final Schema.Group schema;
    private final Normaliser normaliser;
    private final List<Agreement> agreements;

    /** What settings of several types must agree on. */
    @FunctionalInterface
    public interface Agreement {
        /** What contradicts; empty when nothing does. */
        List<ConfigurationProblem> problems(LoadedConfiguration configuration);
    }

    /**
     * @param types settings records, each with its {@code @ConfigurationProperties} prefix under {@code eventful}
     * @param scalars keys directly under {@code eventful} that have a plain value, such as {@code data}
     * @param aliases other dotted names of keys, to the canonical ones, without the {@code eventful} before them
     */
    public ConfigurationLoader(List<Class<?>> types, Map<String, Class<?>> scalars, Map<String, String> aliases) {
        this(types, Schema.of(types, scalars), aliases, List.of());
    }

    private ConfigurationLoader(
            List<Class<?>> types, Schema.Group schema, Map<String, String> aliases, List<Agreement> agreements) {
        this.types = List.copyOf(types);
        this.aliases = Map.copyOf(aliases);
        this.schema = schema;
        this.normaliser = new Normaliser(schema, aliases);
        this.agreements = List.copyOf(agreements);
    }

    /** The same, with settings that must agree with one another. */
    public ConfigurationLoader agreeing(Agreement... required) {
        return new ConfigurationLoader(types, schema, aliases, List.of(required));
    }

    /**
     * Loads and checks.
     *
     * @throws ConfigurationException with all problems at once
     */
    public LoadedConfiguration load(ConfigurationSources sources) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        Map<String, Object> effective = new LinkedHashMap<>();
        if (sources.file() != null) overlay(effective, YamlFile.read(sources.file(), problems), problems);
        overlay(effective, Variables.read(sources.environment(), schema, aliases, problems), problems);
        overlay(effective, flags(sources), problems);
        List<Object> settings = bind(effective, problems);
        LoadedConfiguration loaded = new LoadedConfiguration(effective, settings);
        if (settings.size() == types.size())
            for (Agreement agreement : agreements) problems.addAll(agreement.problems(loaded));
        if (!problems.isEmpty()) throw new ConfigurationException(problems);
        return loaded;
    }

    private static List<Entry> flags(ConfigurationSources sources) {
        return sources.flags().stream()
                .map(flag -> new Entry(path(flag.key()), flag.value(), flag.flag()))
                .toList();
    }

    private static List<String> path(String key) {
        return List.of(key.replace("[", ".[").split("\\."));
    }

    private void overlay(Map<String, Object> effective, List<Entry> entries, List<ConfigurationProblem> problems) {
        Map<String, Object> layer = new LinkedHashMap<>();
        Map<String, String> origins = new LinkedHashMap<>();
        Set<String> slips = new HashSet<>();
        for (Entry entry : entries) {
            if (!Schema.fold(entry.path().getFirst()).equals("eventful")) {
                if (!entry.path().getFirst().startsWith("eventful.")) {
                    ConfigurationProblem slip = normaliser.slip(entry);
                    if (slip == null) layer.put(foreign(entry.path()), entry.value());
                    else if (slips.add(slip.path())) problems.add(slip);
                    continue;
                }
                List<String> split = new ArrayList<>(
                        List.of("eventful", entry.path().getFirst().substring(9)));
                split.addAll(entry.path().subList(1, entry.path().size()));
                entry = new Entry(split, entry.value(), entry.origin());
            }
            if (entry.path().size() == 1) continue;
            switch (normaliser.normalise(entry)) {
                case Normaliser.Key key -> add(key, entry, layer, origins, problems);
                case ConfigurationProblem problem -> problems.add(problem);
                default -> throw new IllegalStateException("neither key nor problem");
            }
        }
        // A list of a later source replaces the whole list of an earlier one.
        for (String key : layer.keySet()) {
            String list = key.replaceAll("\\[\\d+].*$", "");
            effective
                    .keySet()
                    .removeIf(
                            old -> old.equals(list) || old.matches(java.util.regex.Pattern.quote(list) + "\\[\\d+].*"));
        }
        effective.putAll(layer);
    }

    private static void add(
            Normaliser.Key key,
            Entry entry,
            Map<String, Object> layer,
            Map<String, String> origins,
            List<ConfigurationProblem> problems) {
        String name = key.binderName();
        String earlier = origins.putIfAbsent(name, entry.origin());
        if (earlier != null && layer.containsKey(name)) {
            problems.add(new ConfigurationProblem(
                    key.dotted(), entry.origin(), "is written twice; first at " + earlier, "Keep one of the two."));
            return;
        }
        String value = entry.value();
        @Nullable String complaint = complaint(key.schema(), value);
        if (complaint == null) layer.put(name, value);
        else problems.add(new ConfigurationProblem(key.dotted(), entry.origin(), complaint, ""));
    }

    private static @Nullable String complaint(Schema schema, String value) {
        if (!(schema instanceof Schema.Scalar scalar)) return null;
        try {
            convert(scalar, value);
            return null;
        } catch (ConversionException | IllegalArgumentException e) {
            return "is not " + kind(scalar.type().toClass());
        }
    }

    /** The binder knows paths by itself, the conversion service does not. */
    private static @Nullable Object convert(Schema.Scalar scalar, String value) {
        if (scalar.type().toClass() == Path.class) return Path.of(value);
        return ApplicationConversionService.getSharedInstance()
                .convert(value, TypeDescriptor.valueOf(String.class), new TypeDescriptor(scalar.type(), null, null));
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return "one of "
                    + String.join(
                            ", ",
                            java.util.Arrays.stream(type.getEnumConstants())
                                    .map(constant -> constant.toString()
                                            .toLowerCase(java.util.Locale.ROOT)
                                            .replace('_', '-'))
                                    .toList());
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "a whole number";
            case "double", "Double" -> "a number";
            case "boolean", "Boolean" -> "true or false";
            case "Duration" -> "a duration such as 200ms, 15s, 5m, 2h or 1d";
            case "DataSize" -> "a size such as 64KB or 1MB";
            case "URI" -> "a URI";
            case "Path" -> "a path of a file or folder";
            default -> "a " + type.getSimpleName();
        };
    }

    private static String foreign(List<String> path) {
        return String.join(".", path).replace(".[", "[");
    }

    private List<Object> bind(Map<String, Object> effective, List<ConfigurationProblem> problems) {
        Map<String, Object> source = new LinkedHashMap<>(effective);
        List<Object> settings = new ArrayList<>();
        Binder binder = new Binder(
                List.of(new MapConfigurationPropertySource(source)),
                null,
                ApplicationConversionService.getSharedInstance());
        for (Class<?> type : types) {
            ConfigurationProperties properties = type.getAnnotation(ConfigurationProperties.class);
            if (properties == null) throw new IllegalStateException(type + " has no prefix");
            String prefix = properties.value();
            try {
                settings.add(Records.bind(binder, prefix, type));
            } catch (BindException | IllegalArgumentException e) {
                problems.add(refusal(prefix, e));
            }
        }
        return settings;
    }

    private static ConfigurationProblem refusal(String prefix, Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        int colon = message.indexOf(' ');
        boolean namesPath = message.startsWith("eventful.") && colon > 0;
        String path = namesPath ? message.substring(0, colon).replaceAll(":$", "") : prefix;
        return new ConfigurationProblem(path, "", namesPath ? message.substring(colon + 1) : message, "");
    }

    /** Binds records, also those that only wrap a table. */
    private static final class Records {
        private Records() {}

        static Object bind(Binder binder, String prefix, Class<?> type) {
            if (!Schema.isWrapper(type)) return binder.bindOrCreate(prefix, Bindable.of(type));
            var component = type.getRecordComponents()[0];
            var map = org.springframework.core.ResolvableType.forType(component.getGenericType());
            Object table = binder.bind(prefix, Bindable.of(map)).orElseGet(Map::of);
            try {
                var constructor = type.getDeclaredConstructor(Map.class);
                constructor.setAccessible(true);
                return constructor.newInstance(table);
            } catch (java.lang.reflect.InvocationTargetException e) {
                throw new IllegalArgumentException(e.getCause() == null ? e : e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(type + " cannot be made", e);
            }
        }
    }
}
