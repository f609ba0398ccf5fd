package io.eventful.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;

/** config/application.yaml shows every key with its default, and what the documents say of keys and defaults is so. */
class ConfigurationDocsTest {

    private static final Pattern ROW = Pattern.compile("\\| (`[a-z][a-z.-]*`(?:, `[a-z][a-z.-]*`)*) \\| ([^|]*) \\|.*");
    private static final Pattern MENTION =
            Pattern.compile("(?<![\\w./])eventful(?:\\.(?:[a-z][a-z-]*|<name>))+(?![\\w<])");
    /** A channel of the gateway's own, and its database. */
    private static final Set<String> NO_KEYS = Set.of("eventful.operations", "eventful.db");

    /** Each key, with {@code <name>} for what is freely named, and its default; empty when it has none. */
    private static final Map<String, String> KEYS = keys();

    @TempDir
    private Path folder;

    private static Map<String, String> keys() {
        Map<String, String> keys = new TreeMap<>(Map.of("eventful.data", "data"));
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        for (var found : scanner.findCandidateComponents("io.eventful")) {
            Class<?> type = ClassUtils.resolveClassName(String.valueOf(found.getBeanClassName()), null);
            if (!type.isRecord() || type.getName().contains("Test")) continue;
            String prefix = type.getAnnotation(ConfigurationProperties.class).value();
            add(keys, prefix, Schema.isWrapper(type) ? type.getRecordComponents()[0].getGenericType() : type, "");
        }
        return Collections.unmodifiableMap(keys);
    }

    private static void add(Map<String, String> keys, String key, Type type, String standard) {
        if (type instanceof ParameterizedType generic) {
            Type element = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            boolean table = generic.getRawType() == Map.class;
            if (table || element instanceof Class<?> group && group.isRecord())
                add(keys, table ? key + ".<name>" : key, element, "");
            else keys.put(key, standard);
        } else if (type instanceof Class<?> group && group.isRecord()) {
            Parameter[] parameters = Stream.of(group.getDeclaredConstructors())
                    .max(Comparator.comparingInt(Constructor::getParameterCount))
                    .orElseThrow()
                    .getParameters();
            for (Parameter each : parameters)
                add(keys, key + "." + kebab(each.getName()), each.getParameterizedType(), standard(each));
        } else keys.put(key, standard);
    }

    private static String standard(Parameter parameter) {
        DefaultValue standard = parameter.getAnnotation(DefaultValue.class);
        return standard == null ? "" : String.join(", ", standard.value());
    }

    private static String kebab(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> known(String written) {
        return KEYS.keySet().stream()
                .filter(key -> written.equals(key)
                        || written.matches(Pattern.quote(key).replace("<name>", "\\E.+?\\Q")))
                .findFirst();
    }

    @Test
    void theFileShowsEveryKeyWithItsDefault() throws IOException {
        String text = Files.readString(Path.of("config/application.yaml"));
        String keys = text.substring(text.indexOf("eventful:\n")).replaceAll("(?m)^( *)# ", "$1");
        List<ConfigurationProblem> problems = new ArrayList<>();
        Map<String, String> shown = new LinkedHashMap<>();
        Path file = Files.writeString(folder.resolve("application.yaml"), keys);
        for (Entry entry : YamlFile.read(file, problems)) {
            String path = entry.path().stream()
                    .filter(name -> !name.matches("\\[\\d+]"))
                    .collect(Collectors.joining("."));
            shown.merge(path, entry.value(), (one, other) -> one + ", " + other);
        }
        assertThat(problems).isEmpty();
        Set<String> missing = new TreeSet<>(KEYS.keySet());
        // A list of groups is empty by default.
        missing.removeIf(key -> key.startsWith("eventful.edge.routes.") && shown.containsKey(key));
        shown.keySet().removeIf(key -> key.startsWith("eventful.edge.routes.") && KEYS.containsKey(key));
        Map<String, String> wrong = new TreeMap<>();
        shown.forEach((path, value) -> known(path)
                .ifPresentOrElse(
                        key -> {
                            missing.remove(key);
                            String standard = KEYS.getOrDefault(key, "");
                            if (!standard.isEmpty() && !standard.equals(value)) wrong.put(path, value);
                        },
                        () -> wrong.put(path, "no key")));
        assertThat(wrong).isEmpty();
        assertThat(missing).isEmpty();
        assertThat(KEYS).hasSizeGreaterThan(150);
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("docs"))) {
            // Benchmarks are steered by system properties.
            return Stream.concat(files, Stream.of(Path.of("README.md")))
                    .filter(file -> file.toString().endsWith(".md") && !file.endsWith("performance.md"))
                    .toList();
        }
    }

    @Test
    void tablesOfDocumentsHaveTheDefaults() throws IOException {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        for (Path document : documents()) {
            String prefix = "eventful";
            for (String line : Files.readAllLines(document)) {
                Matcher mention = MENTION.matcher(line);
                while (mention.find()) prefix = mention.group();
                Matcher row = ROW.matcher(line);
                if (!row.matches()) continue;
                List<String> names = List.of(row.group(1).replace("`", "").split(", "));
                List<String> values = List.of(row.group(2).replace("`", "").split(", "));
                for (int i = 0; i < names.size() && values.size() == names.size(); i++) {
                    String standard = KEYS.getOrDefault(prefix + "." + names.get(i), "");
                    if (standard.isEmpty()) continue;
                    checked++;
                    if (!standard.equals(values.get(i))) wrong.add(document + ": " + prefix + "." + names.get(i));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(checked).isGreaterThan(60);
    }

    @Test
    void documentsNameNoKeyThatIsNone() throws IOException {
        List<String> unknown = new ArrayList<>();
        for (Path document : documents()) {
            Matcher mention = MENTION.matcher(Files.readString(document));
            while (mention.find()) {
                String key = mention.group();
                String below = Pattern.quote(key).replace("<name>", "\\E[^.]+\\Q") + "\\..*";
                if (known(key).isEmpty()
                        && !NO_KEYS.contains(key)
                        && KEYS.keySet().stream()
                                .noneMatch(each -> each.matches(below)
                                        || each.replace("<name>", "default").startsWith(key + ".")))
                    unknown.add(document + ": " + key);
            }
        }
        assertThat(unknown).isEmpty();
    }
}
