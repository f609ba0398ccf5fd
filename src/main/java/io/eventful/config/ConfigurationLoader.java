package io.eventful.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads the configuration from its sources and validates it completely. The result is either complete settings or one
 * exception with all problems: unknown keys, duplicates, values of the wrong type, and values that settings records reject.
 */
public final class ConfigurationLoader {

    /** Spring's placeholder syntax, which the subscriptions file supports, but the configuration file does not. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{[^{}]*}");

    /** Names of keys whose value may be any text, so that only a placeholder alone is taken for one. */
    private static final Pattern SECRET = Pattern.compile("(.+-)?(bearer|keys?|password)");

    private final List<Class<?>> types;
    private final Map<String, String> aliases;
    private final Schema.Group schema;
    private final Normaliser normaliser;
    private final List<Agreement> agreements;
    private final List<Surroundings> surroundings;

    /** What must hold for environment variables that are no keys. */
    @FunctionalInterface
    public interface Surroundings {
        /** What is wrong with them; empty if nothing is. */
        List<ConfigurationProblem> problems(Map<String, String> environment);
    }

    /** A constraint between several settings. */
    @FunctionalInterface
    public interface Agreement {
        /** The contradictions; empty if there are none. */
        List<ConfigurationProblem> problems(LoadedConfiguration configuration);
    }

    /**
     * @param types settings records, each with a {@code @ConfigurationProperties} prefix below {@code eventful}
     * @param scalars keys directly under {@code eventful} that have a plain value, such as {@code data}
     * @param aliases alternative dotted keys, mapped to the canonical ones, without the prefix {@code eventful}
     */
    public ConfigurationLoader(List<Class<?>> types, Map<String, Class<?>> scalars, Map<String, String> aliases) {
        this(types, Schema.of(types, scalars), aliases, List.of(), List.of());
    }

    private ConfigurationLoader(
            List<Class<?>> types,
            Schema.Group schema,
            Map<String, String> aliases,
            List<Agreement> agreements,
            List<Surroundings> surroundings) {
        this.types = List.copyOf(types);
        this.aliases = Map.copyOf(aliases);
        this.schema = schema;
        this.normaliser = new Normaliser(schema, aliases);
        this.agreements = List.copyOf(agreements);
        this.surroundings = List.copyOf(surroundings);
    }

    /** The same loader with additional constraints. */
    public ConfigurationLoader agreeing(Agreement... required) {
        List<Agreement> all = new ArrayList<>(agreements);
        all.addAll(List.of(required));
        return new ConfigurationLoader(types, schema, aliases, all, surroundings);
    }

    /** The same loader with a further check of the environment. */
    public ConfigurationLoader within(Surroundings required) {
        List<Surroundings> all = new ArrayList<>(surroundings);
        all.add(required);
        return new ConfigurationLoader(types, schema, aliases, agreements, all);
    }

    /**
     * Loads and validates the configuration.
     *
     * @throws ConfigurationException with all problems at once
     */
    public LoadedConfiguration load(ConfigurationSources sources) {
        List<ConfigurationProblem> problems = new ArrayList<>();
        Values values = new Values();
        List<Entry> written = sources.file() == null ? List.of() : YamlFile.read(sources.file(), problems);
        // What an unreadable file would have said may agree with the rest.
        boolean comparable = problems.isEmpty() || !written.isEmpty();
        overlay(values, written, problems);
        overlay(values, EnvironmentVariables.read(sources.environment(), schema, aliases, problems), problems);
        overlay(values, flags(sources, problems), problems);
        for (Surroundings each : surroundings) problems.addAll(each.problems(sources.environment()));
        Binding binding = new Binding(values, problems);
        binding.checkGaps();
        List<Object> settings =
                types.stream().map(binding::settings).flatMap(Optional::stream).toList();
        LoadedConfiguration loaded = new LoadedConfiguration(values.texts(), settings);
        if (comparable && settings.size() == types.size())
            binding.disagreements(agreements.stream()
                    .flatMap(agreement -> agreement.problems(loaded).stream())
                    .toList());
        if (!problems.isEmpty()) throw new ConfigurationException(problems);
        return loaded;
    }

    private static List<Entry> flags(ConfigurationSources sources, List<ConfigurationProblem> problems) {
        List<Entry> entries = new ArrayList<>();
        for (ConfigurationSources.Flag flag : sources.flags()) {
            // Perhaps an unset variable of a script; the default would not be what is meant.
            if (flag.value().isBlank() && flag.flag().startsWith("--"))
                problems.add(new ConfigurationProblem(
                        flag.key(), flag.flag(), "is empty", "Give " + flag.flag() + " a value, or leave it out."));
            else entries.add(new Entry(path(flag.key()), flag.value(), flag.flag()));
        }
        return entries;
    }

    private static List<String> path(String key) {
        return List.of(key.replace("[", ".[").split("\\."));
    }

    private void overlay(Values values, List<Entry> entries, List<ConfigurationProblem> problems) {
        Values layer = new Values();
        // Each element of a list, or each member of a mapping, in the wrong place finds the same problem.
        Set<String> told = new HashSet<>();
        for (Entry entry : entries) {
            if (!Schema.fold(entry.path().getFirst()).equals("eventful")) {
                if (!entry.path().getFirst().startsWith("eventful.")) {
                    ConfigurationProblem slip = normaliser.misplaced(entry);
                    if (slip == null) layer.put(foreign(entry.path()), entry.value(), entry.origin());
                    else if (told.add(slip.path())) problems.add(slip);
                    continue;
                }
                List<String> split = new ArrayList<>(
                        List.of("eventful", entry.path().getFirst().substring(9)));
                split.addAll(entry.path().subList(1, entry.path().size()));
                entry = new Entry(split, entry.value(), entry.origin());
            }
            switch (normaliser.normalise(entry)) {
                case Normaliser.Key key -> add(key, entry, layer, problems);
                case ConfigurationProblem problem -> {
                    if (told.add(problem.path() + ' ' + problem.message())) problems.add(problem);
                }
                default -> throw new IllegalStateException("neither key nor problem");
            }
        }
        values.overlay(layer);
    }

    private static void add(Normaliser.Key key, Entry entry, Values layer, List<ConfigurationProblem> problems) {
        String name = key.binderName();
        if (layer.texts().containsKey(name)) {
            problems.add(new ConfigurationProblem(
                    key.dotted(),
                    entry.origin(),
                    "is a duplicate; first set at " + layer.origin(name),
                    "Remove one of the two."));
            return;
        }
        String value = entry.value();
        if (hasPlaceholder(key, value)) {
            problems.add(new ConfigurationProblem(
                    key.dotted(),
                    entry.origin(),
                    "contains a placeholder, but placeholders are not resolved",
                    entry.origin().startsWith(EnvironmentVariables.ORIGIN)
                                    || entry.origin().startsWith("--")
                            ? "Write what it stands for."
                            : "Write what it stands for, or remove the key and set the environment variable "
                                    + EnvironmentVariables.name(key.names()) + "."));
            return;
        }
        // An empty text is an empty list.
        if (key.schema() instanceof Schema.Sequence(Schema.Group element) && !value.isEmpty()) {
            problems.add(noList(key, entry, element));
            return;
        }
        @Nullable Complaint complaint = Complaint.about(key.schema(), value);
        layer.lists().addAll(key.lists());
        if (complaint == null) layer.put(name, value, entry.origin());
        else
            problems.add(
                    new ConfigurationProblem(key.dotted(), entry.origin(), complaint.message(), complaint.remedy()));
    }

    private static boolean hasPlaceholder(Normaliser.Key key, String value) {
        if (key.schema() instanceof Schema.Table) return false;
        Matcher placeholder = PLACEHOLDER.matcher(value);
        return key.names().stream().anyMatch(name -> SECRET.matcher(name).matches())
                ? placeholder.matches()
                : placeholder.find();
    }

    private static ConfigurationProblem noList(Normaliser.Key key, Entry entry, Schema.Group element) {
        List<String> first = new ArrayList<>(key.names());
        first.addAll(List.of("0", element.members().values().iterator().next().name()));
        return new ConfigurationProblem(
                key.dotted(),
                entry.origin(),
                "must be a list",
                entry.origin().startsWith(EnvironmentVariables.ORIGIN)
                        ? "Write each of its settings as a variable, such as " + EnvironmentVariables.name(first) + "."
                        : "Write [first, second].");
    }

    private static String foreign(List<String> path) {
        return String.join(".", path).replace(".[", "[");
    }
}
