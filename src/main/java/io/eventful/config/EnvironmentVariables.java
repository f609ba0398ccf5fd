package io.eventful.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables as entries: {@code EVENTFUL_DELIVERY_RETRY_SCHEDULE} is
 * {@code eventful.delivery.retry-schedule}. An underscore may stand for a dot or a dash, or for nothing
 * ({@code RETRYSCHEDULE}); the schema decides which, so every key has a variable.
 */
final class EnvironmentVariables {

    /** What the origin of a value from a variable begins with. */
    static final String ORIGIN = "environment ";

    /** The message about a variable that is no key. */
    static final String UNKNOWN = "does not match a configuration key";

    private static final String PREFIX = "EVENTFUL_";

    /** Variables of the launcher and of secrets, which are not configuration keys. */
    private static final Set<String> OTHERS = Set.of("EVENTFUL_HOME", "EVENTFUL_JAVA_OPTS", "EVENTFUL_MASTER_KEY");

    /** Maximum edit distance for a suggestion. */
    private static final int MOST_SLIPS = 3;

    private EnvironmentVariables() {}

    /** Reads the variables; unknown ones are added to the problems. */
    static List<Entry> read(
            Map<String, String> environment,
            Schema.Group schema,
            Map<String, String> aliases,
            List<ConfigurationProblem> problems) {
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (!name.startsWith(PREFIX) || OTHERS.contains(name) || isAddressOfService(name, value)) return;
            List<String> words = List.of(name.substring(PREFIX.length()).split("_"));
            List<String> path = resolve(words, schema);
            for (Map.Entry<String, String> alias : aliases.entrySet()) {
                List<String> other =
                        List.of(alias.getKey().toUpperCase(Locale.ROOT).split("\\."));
                if (path != null || !starts(words, other)) continue;
                List<String> canonical = new ArrayList<>(
                        List.of(alias.getValue().toUpperCase(Locale.ROOT).split("\\.")));
                canonical.addAll(words.subList(other.size(), words.size()));
                path = resolve(canonical, schema);
            }
            if (path == null) {
                if (!isOfService(name)) problems.add(unknown(name, words, schema));
            } else {
                List<String> full = new ArrayList<>(List.of("eventful"));
                full.addAll(path);
                entries.add(new Entry(full, value, ORIGIN + name));
            }
        });
        return entries;
    }

    /** The name of the variable of a key. */
    static String name(List<String> names) {
        return PREFIX
                + String.join("_", names)
                        .replaceAll("[\\[\\]]", "")
                        .replace('-', '_')
                        .toUpperCase(Locale.ROOT);
    }

    /**
     * Whether Kubernetes has set the variable to the address of a Service. It sets variables for every Service in the
     * namespace, and that of {@code eventful-admin} has the name of the key {@code eventful.admin.port}.
     */
    private static boolean isAddressOfService(String name, String value) {
        return name.matches(".*_PORT(_[0-9]+_(TCP|UDP|SCTP))?") && value.matches("(tcp|udp|sctp)://.*");
    }

    /** Whether the name, which is that of no key, is one of the others that Kubernetes makes for a Service. */
    private static boolean isOfService(String name) {
        return name.matches(".*_SERVICE_(HOST|PORT(_[A-Z0-9_]+)?)")
                || name.matches(".*_PORT_[0-9]+_(TCP|UDP|SCTP)_(PROTO|PORT|ADDR)");
    }

    private static ConfigurationProblem unknown(String name, List<String> words, Schema.Group schema) {
        Known known = known(List.of("eventful"), words, schema);
        String path = String.join(".", known.path()).replace(".[", "[");
        return new ConfigurationProblem(path, ORIGIN + name, UNKNOWN, suggestion(words, schema, known));
    }

    private static String suggestion(List<String> words, Schema.Group schema, Known known) {
        String written = String.join("_", words);
        List<String> all = new ArrayList<>();
        collectNames(new ArrayList<>(), words, schema, all);
        String otherwise = known.path().size() == 1
                ? "Unset it, or compare its spelling with config/application.yaml."
                : known.group().members().values().stream()
                        .map(Schema.Member::name)
                        .sorted()
                        .collect(Collectors.joining(", ", "Unset it, or use one of the known keys: ", "."));
        return all.stream()
                .min(Comparator.comparingInt(candidate -> distance(written, candidate)))
                .filter(candidate -> distance(written, candidate) <= MOST_SLIPS)
                .map(candidate -> "Did you mean " + PREFIX + candidate + "?")
                .orElse(otherwise);
    }

    /** The deepest known group that the first words of an unknown variable lead to. */
    private record Known(List<String> path, Schema.Group group) {}

    private static Known known(List<String> path, List<String> words, Schema.Group group) {
        for (int length = words.size() - 1; length > 0; length--) {
            Schema.Member member = group.members().get(fold(words.subList(0, length)));
            if (member == null) continue;
            List<String> rest = words.subList(length, words.size());
            return switch (member.schema()) {
                case Schema.Group below -> known(append(path, member.name()), rest, below);
                case Schema.Table(Schema.Group below)
                when rest.size() > 1 ->
                    known(
                            append(append(path, member.name()), rest.getFirst().toLowerCase(Locale.ROOT)),
                            rest.subList(1, rest.size()),
                            below);
                case Schema.Sequence(Schema.Group below)
                when rest.size() > 1 && rest.getFirst().matches("\\d+") ->
                    known(
                            append(append(path, member.name()), "[" + rest.getFirst() + "]"),
                            rest.subList(1, rest.size()),
                            below);
                default -> new Known(path, group);
            };
        }
        return new Known(path, group);
    }

    private static List<String> append(List<String> path, String name) {
        return prepend(path, List.of(name));
    }

    private static int distance(String one, String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one, other);
    }

    /** Collects the names of all variables for suggestions; freely named members get the word as written. */
    private static void collectNames(List<String> done, List<String> words, Schema schema, List<String> all) {
        switch (schema) {
            case Schema.Group group ->
                group.members()
                        .values()
                        .forEach(member -> collectNames(
                                prepend(
                                        done,
                                        List.of(member.name()
                                                .toUpperCase(Locale.ROOT)
                                                .split("-"))),
                                words,
                                member.schema(),
                                all));
            case Schema.Table table -> {
                if (done.size() < words.size())
                    collectNames(prepend(done, List.of(words.get(done.size()))), words, table.value(), all);
            }
            case Schema.Scalar scalar -> all.add(String.join("_", done));
            case Schema.Sequence sequence -> all.add(String.join("_", done));
        }
    }

    /** The path that the words form, or null; longer names take precedence. */
    private static @Nullable List<String> resolve(List<String> words, Schema schema) {
        return switch (schema) {
            case Schema.Scalar scalar -> words.isEmpty() ? List.of() : null;
            case Schema.Sequence sequence -> {
                if (words.isEmpty()) yield List.of();
                if (!words.getFirst().matches("\\d+")) yield null;
                List<String> rest = resolve(words.subList(1, words.size()), sequence.element());
                yield rest == null ? null : prepend("[" + words.getFirst() + "]", rest);
            }
            case Schema.Group group -> {
                for (int length = words.size(); length > 0; length--) {
                    Schema.Member member = group.members().get(fold(words.subList(0, length)));
                    if (member == null) continue;
                    List<String> rest = resolve(words.subList(length, words.size()), member.schema());
                    if (rest != null) yield prepend(member.name(), rest);
                }
                yield null;
            }
            case Schema.Table table -> {
                for (int length = 1; length <= words.size(); length++) {
                    List<String> rest = resolve(words.subList(length, words.size()), table.value());
                    String separator = table.value() instanceof Schema.Scalar ? "." : "-";
                    if (rest != null) {
                        yield prepend(
                                String.join(separator, words.subList(0, length)).toLowerCase(Locale.ROOT), rest);
                    }
                }
                yield null;
            }
        };
    }

    private static boolean starts(List<String> words, List<String> with) {
        return words.size() >= with.size() && words.subList(0, with.size()).equals(with);
    }

    private static String fold(List<String> words) {
        return Schema.fold(String.join("", words));
    }

    private static List<String> prepend(String name, List<String> rest) {
        return prepend(List.of(name), rest);
    }

    private static List<String> prepend(List<String> names, List<String> rest) {
        List<String> path = new ArrayList<>(names);
        path.addAll(rest);
        return path;
    }
}
