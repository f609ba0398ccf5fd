package io.eventful.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Parses YAML documents to nodes with positions. */
final class YamlTree {

    private YamlTree() {}

    /** Parses the document of a file; empty for an empty file, or if a problem was added. */
    static Optional<Node> read(RouteFile file, List<RouteProblem> problems) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.path())
                .setUseMarks(true)
                .setMaxAliasesForCollections(AliasLimit.MAX)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build();
        try {
            return new Compose(settings).composeString(file.text());
        } catch (MarkedYamlEngineException e) {
            problems.add(YamlErrorLocator.of(file, e));
        } catch (ReaderException e) {
            problems.add(YamlErrorLocator.of(file, e));
        } catch (YamlEngineException | StackOverflowError e) {
            problems.add(unreadable(file, settings));
        }
        return Optional.empty();
    }

    private static RouteProblem unreadable(RouteFile file, LoadSettings settings) {
        Place alias = AliasLimit.exceeded(file, settings);
        return alias.line() > 0
                ? alias.error(
                        "yaml-syntax",
                        "the file has more than " + AliasLimit.MAX + " aliases of mappings or lists",
                        "write out what they stand for, or split the file")
                : alias.error("yaml-syntax", "the YAML of the file is nested too deeply", "reduce the nesting");
    }

    /** The value of a member; null if absent. */
    static @Nullable Node member(Node node, String name) {
        if (!(node instanceof MappingNode mapping)) return null;
        for (NodeTuple tuple : mapping.getValue())
            if (text(tuple.getKeyNode()).equals(name)) return tuple.getValueNode();
        return null;
    }

    /** The text of a member; empty if it is absent, null, or not a scalar. */
    static Optional<String> memberText(Node node, String name) {
        Node value = member(node, name);
        return value instanceof ScalarNode scalar && !isNull(scalar)
                ? Optional.of(scalar.getValue())
                : Optional.empty();
    }

    static List<Node> elements(@Nullable Node node) {
        return node instanceof SequenceNode sequence ? new ArrayList<>(sequence.getValue()) : List.of();
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }
}
