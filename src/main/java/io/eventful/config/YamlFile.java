package io.eventful.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/** Parses a configuration file to entries with line numbers; detects duplicate keys, which a parsed tree would hide. */
final class YamlFile {

    /** Maximum number of values of a file, where each alias counts as what it stands for. */
    private static final int MAX_VALUES = 100_000;

    private final Path file;
    private final List<Entry> entries = new ArrayList<>();
    private final List<ConfigurationProblem> problems;
    /** The nodes on the path from the root to the current node, to detect recursive aliases. */
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

    private int values;

    private YamlFile(Path file, List<ConfigurationProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Parses a file; syntax errors are added to the problems. */
    static List<Entry> read(Path file, List<ConfigurationProblem> problems) {
        YamlFile yaml = new YamlFile(file, problems);
        if (Files.isDirectory(file)) {
            problems.add(new ConfigurationProblem(
                    file.toString(),
                    "",
                    "is a folder, not a file",
                    "Name the file itself, such as " + file.resolve("application.yaml") + "."));
            return List.of();
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            LoaderOptions options = new LoaderOptions();
            options.setMaxAliasesForCollections(Integer.MAX_VALUE);
            Node root = new Yaml(new SafeConstructor(options)).compose(reader);
            if (root instanceof MappingNode) yaml.walk(root, List.of());
            else if (root != null)
                problems.add(new ConfigurationProblem(
                        file.getFileName().toString(),
                        yaml.origin(root),
                        "is not a mapping of keys",
                        "Start with eventful: and write the settings on indented lines below it."));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            String what = e.getProblem() == null ? "invalid YAML" : e.getProblem();
            problems.add(new ConfigurationProblem(
                    file.getFileName().toString(), file + ":" + line, what, "Correct the YAML syntax on this line."));
        } catch (YAMLException e) {
            // Thrown for invalid UTF-8 and for characters that YAML does not allow.
            problems.add(new ConfigurationProblem(
                    file.getFileName().toString(),
                    file.toString(),
                    e instanceof ReaderException strange
                            ? "contains the character U+%04X, which YAML does not allow"
                                    .formatted(strange.getCodePoint())
                            : "is not UTF-8 text",
                    "Remove it, or save the file with UTF-8 encoding."));
        } catch (NoSuchFileException e) {
            problems.add(new ConfigurationProblem(
                    file.toString(), "", "does not exist", "Check the path, which begins at the current folder."));
        } catch (AccessDeniedException e) {
            problems.add(new ConfigurationProblem(
                    file.toString(), "", "cannot be read: this user has no permission", "Change its permissions."));
        } catch (IOException e) {
            problems.add(new ConfigurationProblem(
                    file.toString(), "", "cannot be read: " + e.getMessage(), "Check the path and its permissions."));
        }
        return yaml.entries;
    }

    private void walk(Node node, List<String> path) {
        if (values > MAX_VALUES) return;
        if (++values > MAX_VALUES) {
            problems.add(new ConfigurationProblem(
                    String.join(".", path),
                    origin(node),
                    "has aliases that stand for more than " + MAX_VALUES + " values",
                    "Write fewer of them."));
            return;
        }
        if (!open.add(node)) {
            problems.add(new ConfigurationProblem(
                    String.join(".", path),
                    origin(node),
                    "refers to itself",
                    "Replace the alias with the text it stands for."));
            return;
        }
        read(node, path);
        open.remove(node);
    }

    private void read(Node node, List<String> path) {
        switch (node) {
            case MappingNode mapping -> members(mapping, path);
            case SequenceNode sequence -> {
                int index = 0;
                for (Node element : sequence.getValue()) walk(element, with(path, "[" + index++ + "]"));
                if (index == 0) entries.add(new Entry(path, "", origin(node)));
            }
            case ScalarNode scalar -> {
                if (!scalar.getTag().equals(Tag.NULL)) entries.add(new Entry(path, scalar.getValue(), origin(node)));
            }
            default -> {}
        }
    }

    private void members(MappingNode mapping, List<String> path) {
        Map<String, String> seen = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                problems.add(new ConfigurationProblem(
                        String.join(".", path),
                        origin(tuple.getKeyNode()),
                        "a key must be a string",
                        "Write name: value."));
                continue;
            }
            List<String> full = with(path, key.getValue());
            String first = seen.putIfAbsent(key.getValue(), origin(key));
            if (first != null) {
                problems.add(new ConfigurationProblem(
                        String.join(".", full),
                        origin(key),
                        "is a duplicate; first set at " + first,
                        "Remove one of the two."));
                continue;
            }
            walk(tuple.getValueNode(), full);
        }
    }

    private String origin(Node node) {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return longer;
    }
}
