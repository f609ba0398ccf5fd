package io.eventful.routetest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.eventful.event.Json;
import io.eventful.event.JsonFormatException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML into values that know their place. Numbers keep their text. */
final class YamReader {

    private final String file;
    private final List<TestProblem> problems;
    private final AliasExpansion aliases = new AliasExpansion();

    private YamReader(String file, List<TestProblem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /** Reads a file's one document; empty when it is not YAML, which is then among the problems. */
    static Optional<Yam> read(String file, String text, List<TestProblem> problems) {
        YamReader reader = new YamReader(file, problems);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setUseMarks(true)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .build();
        try {
            return new Compose(settings).composeString(text).map(reader::value);
        } catch (MarkedYamlEngineException e) {
            String what = e.getProblem() == null ? "the file is not valid YAML" : "invalid YAML: " + e.getProblem();
            problems.add(new TestProblem(
                    reader.spot(e.getProblemMark().or(e::getContextMark)),
                    what,
                    "check indentation, quotes and colons on this line and the line above"));
        } catch (AliasExpansion.UnboundedException e) {
            problems.add(
                    new TestProblem(reader.spot(e.node().getStartMark()), String.valueOf(e.getMessage()), e.remedy()));
        } catch (YamlEngineException | StackOverflowError e) {
            problems.add(new TestProblem(
                    new Spot(file, 0, 0), "the YAML of the file is nested too deeply", "reduce the nesting"));
        }
        return Optional.empty();
    }

    private Spot spot(Optional<Mark> mark) {
        return mark.map(at -> new Spot(file, at.getLine() + 1, at.getColumn() + 1))
                .orElseGet(() -> new Spot(file, 0, 0));
    }

    private Yam value(Node node) {
        return aliases.within(node, () -> read(node));
    }

    private Yam read(Node node) {
        Spot spot = spot(node.getStartMark());
        return switch (node) {
            case MappingNode mapping -> mapping(spot, mapping);
            case SequenceNode sequence ->
                new Yam.Listing(
                        spot, sequence.getValue().stream().map(this::value).toList());
            case ScalarNode scalar -> scalar(spot, scalar);
            default -> new Yam.Value(spot, NullNode.getInstance());
        };
    }

    private Yam mapping(Spot spot, MappingNode mapping) {
        Map<String, Yam.Member> members = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
            Spot at = spot(tuple.getKeyNode().getStartMark());
            if (members.putIfAbsent(name, new Yam.Member(at, value(tuple.getValueNode()))) != null)
                problems.add(new TestProblem(at, "\"" + name + "\" occurs twice", "keep one of them"));
        }
        return new Yam.Mapping(spot, members);
    }

    private Yam scalar(Spot spot, ScalarNode scalar) {
        String text = scalar.getValue();
        String tag = scalar.getTag().getValue();
        for (Yam.Like.Kind kind : Yam.Like.Kind.values())
            if (tag.equals("!" + kind.name().toLowerCase(Locale.ROOT))) {
                if (kind == Yam.Like.Kind.MATCHES) check(spot, text);
                return new Yam.Like(spot, kind, text);
            }
        if (tag.startsWith("!"))
            problems.add(new TestProblem(
                    spot, "there is no tag " + tag, "the tags are !any, !absent and !matches REGULAR-EXPRESSION"));
        return new Yam.Value(spot, json(scalar.getTag(), text));
    }

    private void check(Spot spot, String expression) {
        try {
            Pattern.compile(expression);
        } catch (PatternSyntaxException e) {
            problems.add(new TestProblem(
                    spot,
                    "the regular expression is invalid: " + e.getDescription(),
                    "correct it; escape a special character with a backslash"));
        }
    }

    private static JsonNode json(Tag tag, String text) {
        if (tag.equals(Tag.NULL)) return NullNode.getInstance();
        if (tag.equals(Tag.BOOL)) return BooleanNode.valueOf(Boolean.parseBoolean(text));
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            try {
                return Json.parse(text);
            } catch (JsonFormatException e) {
                return TextNode.valueOf(text);
            }
        }
        return TextNode.valueOf(text);
    }
}
