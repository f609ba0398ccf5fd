package io.eventful.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables as entries: {@code EVENTFUL_DELIVERY_RETRY_SCHEDULE} is
 * {@code eventful.delivery.retry-schedule}. An underscore may stand for a dot or a dash, or for nothing
 * ({@code RETRYSCHEDULE}); the schema decides which, so every key has a variable.
 */
final class Variables {

    private static final String PREFIX = "EVENTFUL_";

    /** Variables of the launcher and of secrets that are no configuration keys. */
    private static final Set<String> OTHERS = Set.of("EVENTFUL_HOME", "EVENTFUL_JAVA_OPTS", "EVENTFUL_MASTER_KEY");

    private Variables() {}

    /** Reads the variables; those that are no key are added to the problems. */
    static List<Entry> read(
            Map<String, String> environment,
            Schema.Group schema,
            Map<String, String> aliases,
            List<ConfigurationProblem> problems) {
        List<Entry> entries = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, value) -> {
            if (!name.startsWith(PREFIX) || OTHERS.contains(name)) return;
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
                problems.add(new ConfigurationProblem(
                        "eventful",
                        "environment " + name,
                        "no configuration key has this variable",
                        "Unset it, or check its spelling against config/application.yaml."));
            } else {
                List<String> full = new ArrayList<>(List.of("eventful"));
                full.addAll(path);
                entries.add(new Entry(full, value, "environment " + name));
            }
        });
        return entries;
    }

    /** The path that these words spell, or null; longer names win over shorter ones. */
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
        List<String> path = new ArrayList<>(List.of(name));
        path.addAll(rest);
        return path;
    }
}
