package io.eventful.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.jspecify.annotations.Nullable;

/** Converts a key as written to its canonical form, or reports that it is unknown. */
final class Normaliser {

    /** The message about a key that does not exist. */
    static final String UNKNOWN = "is not a known key";

    private static final String ROOT = "eventful";

    private final Schema.Group schema;
    private final Map<String, String> aliases;

    /**
     * @param schema the keys below {@code eventful}
     * @param aliases alternative dotted keys, mapped to the canonical ones
     */
    Normaliser(Schema.Group schema, Map<String, String> aliases) {
        this.schema = schema;
        this.aliases = aliases;
    }

    /** A canonical key: its names, and the schema of its value. */
    record Key(List<String> names, Schema schema, @Nullable String index) {
        /** The dotted form, as in messages. */
        String dotted() {
            String path = "eventful." + String.join(".", names).replace(".[", "[");
            return index == null ? path : path + index;
        }

        /** The form that Spring's binder reads. */
        String binderName() {
            String name = binderName(names);
            return index == null ? name : name + index;
        }

        /** The lists that the value is an element of, in the same form. */
        List<String> lists() {
            List<String> lists = new ArrayList<>();
            for (int i = 0; i < names.size(); i++)
                if (names.get(i).startsWith("[")) lists.add(binderName(names.subList(0, i)));
            if (index != null) lists.add(binderName(names));
            return lists;
        }

        private static String binderName(List<String> names) {
            StringBuilder name = new StringBuilder(ROOT);
            for (String part : names) {
                if (part.startsWith("[")) name.append(part);
                else if (part.matches("[a-z][a-z0-9-]*")) name.append('.').append(part);
                else name.append('[').append(part).append(']');
            }
            return name.toString();
        }
    }

    /** The canonical key, or a problem. */
    Object normalise(Entry entry) {
        List<String> names =
                new ArrayList<>(entry.path().subList(1, entry.path().size()));
        if (names.isEmpty()) return walk(entry, names, new ArrayList<>(), schema);
        int dot = names.getFirst().indexOf('.');
        if (dot > 0) {
            String first = names.removeFirst();
            names.addAll(0, List.of(first.substring(0, dot), first.substring(dot + 1)));
        }
        for (Map.Entry<String, String> alias : aliases.entrySet()) {
            List<String> from = List.of(alias.getKey().split("\\."));
            if (names.size() > from.size() && names.subList(0, from.size()).equals(from)) {
                names = new ArrayList<>(names.subList(from.size(), names.size()));
                names.addAll(0, List.of(alias.getValue().split("\\.")));
            }
        }
        return walk(entry, names, new ArrayList<>(), schema);
    }

    /** A problem if an entry outside of {@code eventful} looks like a misplaced key of the gateway. */
    @Nullable
    ConfigurationProblem misplaced(Entry entry) {
        String root = entry.path().getFirst();
        if (distance(root, ROOT) <= 2)
            return new ConfigurationProblem(root, entry.origin(), UNKNOWN, "Did you mean " + ROOT + "?");
        if (entry.path().size() < 2
                || !schema.members().containsKey(Schema.fold(root))
                || !(walk(entry, entry.path(), new ArrayList<>(), schema) instanceof Key key)) return null;
        return new ConfigurationProblem(
                String.join(".", entry.path()).replace(".[", "["),
                entry.origin(),
                "is outside of " + ROOT + " and is not read",
                "Write " + key.dotted() + ".");
    }

    private Object walk(Entry entry, List<String> rest, List<String> done, Schema here) {
        if (rest.isEmpty()) {
            if (here instanceof Schema.Scalar || here instanceof Schema.Sequence) return new Key(done, here, null);
            return problem(
                    entry, done, "must contain keys, not a value", "Write the settings on indented lines below it.");
        }
        String name = rest.getFirst();
        List<String> after = rest.subList(1, rest.size());
        return switch (here) {
            case Schema.Scalar scalar ->
                problem(entry, done, "must be a single value, not keys or a list", "Write the value on the same line.");
            case Schema.Sequence sequence -> {
                if (!name.startsWith("[")) yield problem(entry, done, "must be a list", "Write [first, second].");
                if (sequence.element() instanceof Schema.Group) {
                    yield walk(entry, after, with(done, name), sequence.element());
                }
                yield after.isEmpty()
                        ? new Key(done, sequence.element(), name)
                        : problem(entry, done, "must be a list of plain values", "Write [first, second].");
            }
            case Schema.Table table -> {
                // Names in a map of scalars may contain dots.
                yield table.value() instanceof Schema.Scalar
                        ? new Key(with(done, String.join(".", rest)), table, null)
                        : walk(entry, after, with(done, name), table.value());
            }
            case Schema.Group group -> {
                Schema.Member member = group.members().get(Schema.fold(name));
                if (member != null) yield walk(entry, after, with(done, member.name()), member.schema());
                int dot = name.indexOf('.');
                if (dot > 0) {
                    List<String> split = new ArrayList<>(List.of(name.substring(0, dot), name.substring(dot + 1)));
                    split.addAll(after);
                    yield walk(entry, split, done, here);
                }
                yield problem(entry, with(done, name), UNKNOWN, suggestion(name, group));
            }
        };
    }

    private static ConfigurationProblem problem(Entry entry, List<String> names, String message, String remedy) {
        String path = names.isEmpty() ? ROOT : ROOT + "." + String.join(".", names);
        return new ConfigurationProblem(path, entry.origin(), message, remedy);
    }

    private static String suggestion(String name, Schema.Group group) {
        Collection<Schema.Member> members = group.members().values();
        Optional<String> near = members.stream()
                .map(Schema.Member::name)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
                .filter(candidate -> distance(name, candidate) <= Math.max(2, name.length() / 3));
        String all = String.join(
                ", ", members.stream().map(Schema.Member::name).sorted().toList());
        return near.map(candidate -> "Did you mean " + candidate + "?").orElse("Known keys: " + all + ".");
    }

    /** Case-insensitive edit distance. */
    private static int distance(String one, String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one.toLowerCase(Locale.ROOT), other);
    }

    private static List<String> with(List<String> names, String name) {
        List<String> longer = new ArrayList<>(names);
        longer.add(name);
        return longer;
    }
}
