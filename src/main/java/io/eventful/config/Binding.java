package io.eventful.config;

import java.lang.reflect.InvocationTargetException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.core.ResolvableType;

/**
 * Binds values to settings records. The constructor of a record reports only its first problem; therefore the invalid value
 * is reported and left out, and the record is created again until it succeeds. If the invalid value is not written, such as
 * a missing member, what is written above it is left out. So all problems are found in one start.
 */
final class Binding {

    private static final String ROOT = "eventful.";

    private final Values values;
    private final List<ConfigurationProblem> problems;

    /** What each record was created from, by its prefix. */
    private final Map<String, Remaining> bound = new HashMap<>();

    /**
     * @param values values by canonical key
     * @param problems known problems; new ones are added
     */
    Binding(Values values, List<ConfigurationProblem> problems) {
        this.values = values;
        this.problems = problems;
    }

    /** The settings, with defaults for invalid values; empty if they cannot be created at all. */
    Optional<Object> settings(Class<?> type) {
        ConfigurationProperties properties = type.getAnnotation(ConfigurationProperties.class);
        if (properties == null) throw new IllegalStateException(type + " has no prefix");
        String prefix = properties.value();
        Remaining left = new Remaining(values);
        bound.put(prefix, left);
        while (true) {
            try {
                return Optional.of(bind(left.texts(), prefix, type));
            } catch (BindException | IllegalArgumentException e) {
                ConfigurationProblem refusal = refusal(prefix, e, left);
                if (!isConsequence(refusal)) problems.add(refusal);
                if (!left.remove(refusal.path(), prefix)) return Optional.empty();
            }
        }
    }

    /** Reports lists with a gap, unless it is that of an invalid element. */
    void checkGaps() {
        new Remaining(values).indices().forEach((list, indices) -> {
            int expected = 0;
            for (int index : indices) {
                String missing = Values.dotted(list) + "[" + expected + "]";
                boolean refused = problems.stream().anyMatch(known -> Values.isAt(known.path(), missing));
                if (index != expected && !refused) {
                    problems.add(placed(new ConfigurationProblem(
                            Values.dotted(list) + "[" + index + "]",
                            "",
                            "is set, but element " + expected + " is missing",
                            "Number the elements of the list from 0, without a gap.")));
                    return;
                }
                expected = index + 1;
            }
        });
    }

    /** Adds contradictions between several settings, except those that are only consequences of the problems known so far. */
    void disagreements(List<ConfigurationProblem> found) {
        problems.addAll(found.stream()
                .map(this::asWritten)
                .filter(each -> !isConsequence(each))
                .map(this::placed)
                .toList());
    }

    private ConfigurationProblem asWritten(ConfigurationProblem problem) {
        String path = bound.keySet().stream()
                .filter(prefix -> Values.isAt(problem.path(), prefix))
                .max(Comparator.comparingInt(String::length))
                .map(prefix -> Objects.requireNonNull(bound.get(prefix)).written(problem.path()))
                .orElse(problem.path());
        return new ConfigurationProblem(path, problem.origin(), problem.message(), problem.remedy());
    }

    /** Whether the problem is about a value that was already rejected, or compares with the default of such a value. */
    private boolean isConsequence(ConfigurationProblem problem) {
        return problems.stream()
                .filter(Binding::isAboutASetting)
                .anyMatch(known -> known.path().equals(problem.path())
                        || (problem.message() + problem.remedy())
                                .contains(known.path().substring(ROOT.length() - 1))
                        || isBeside(known.path(), problem.path()) && isWordOf(problem.message(), leaf(known.path())));
    }

    /** Not so an unknown variable, an unknown or misplaced key, or the syntax of the file: nothing follows from those. */
    private static boolean isAboutASetting(ConfigurationProblem problem) {
        return problem.path().startsWith(ROOT)
                && problem.path().length() > ROOT.length()
                && !problem.message().equals(Normaliser.UNKNOWN)
                && !problem.message().equals(EnvironmentVariables.UNKNOWN);
    }

    private static boolean isWordOf(String message, String word) {
        return Pattern.compile("\\b" + Pattern.quote(word) + "\\b")
                .matcher(message)
                .find();
    }

    private static boolean isBeside(String one, String other) {
        return parent(one).equals(parent(other));
    }

    private static String parent(String path) {
        return path.substring(0, path.length() - leaf(path).length());
    }

    private static String leaf(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private ConfigurationProblem refusal(String prefix, Exception failure, Remaining left) {
        String record = failure instanceof BindException bind ? bind.getName().toString() : prefix;
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) cause = cause.getCause();
        String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        int blank = message.indexOf(' ', nameWithBlank(message));
        boolean namesPath = message.startsWith(ROOT) && blank > 0;
        String named = namesPath ? message.substring(0, blank).replaceAll("[:,]$", "") : record;
        // The record of an element does not know its index.
        String path = left.written(named.replaceFirst("^.*\\[]", Matcher.quoteReplacement(record)));
        String what = DisplayFormat.asWritten(namesPath ? message.substring(blank + 1) : message);
        return placed(new ConfigurationProblem(path, "", what, ""));
    }

    /** Length of the longest configured key, or part of one, that a message begins with and that has a blank; 0 if none. */
    private int nameWithBlank(String message) {
        return values.texts().keySet().stream()
                .map(Values::dotted)
                .filter(key -> key.indexOf(' ') > 0)
                .flatMapToInt(key -> IntStream.rangeClosed(key.indexOf(' '), key.length())
                        .filter(end -> end == key.length() || key.charAt(end) == '.')
                        .filter(end -> message.startsWith(key.substring(0, end))))
                .max()
                .orElse(0);
    }

    private ConfigurationProblem placed(ConfigurationProblem problem) {
        return new ConfigurationProblem(
                problem.path(), values.origin(problem.path()), problem.message(), problem.remedy());
    }

    /** Binds a record, including one that only wraps a map. */
    private static Object bind(Map<String, Object> source, String prefix, Class<?> type) {
        Binder binder = new Binder(
                List.of(new MapConfigurationPropertySource(source)),
                null,
                ApplicationConversionService.getSharedInstance());
        if (!Schema.isWrapper(type)) return binder.bindOrCreate(prefix, Bindable.of(type));
        ResolvableType map = ResolvableType.forType(type.getRecordComponents()[0].getGenericType());
        Object table = binder.bind(prefix, Bindable.of(map)).orElseGet(Map::of);
        try {
            var constructor = type.getDeclaredConstructor(Map.class);
            constructor.setAccessible(true);
            return constructor.newInstance(table);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause() == null ? e : e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be created", e);
        }
    }
}
