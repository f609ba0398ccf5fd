package io.eventful.routes;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Validates a route file against the schema of the YAML DSL and reports all problems, not only the first. */
final class DslCheck {

    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+(\\.[0-9]+)?");

    /** Maximum number of visited nodes: aliases can make a small file arbitrarily large. */
    private static final int MAX_VISITS = 500_000;

    /** Steps that require nested steps. */
    private static final Set<String> PARENTS =
            Set.of("filter", "split", "loop", "multicast", "aggregate", "idempotentConsumer", "resequence");

    /** Rules whose problems make further checks of the file impossible. */
    static final Set<String> BARS = Set.of("alias-loop", "not-a-list");

    private final DslSchema schema;
    private final String file;
    private final List<RouteProblem> problems;
    private int visits;
    /** The key of the current value: the position for problems of a missing value. */
    private @Nullable Node owner;

    DslCheck(DslSchema schema, String file, List<RouteProblem> problems) {
        this.schema = schema;
        this.file = file;
        this.problems = problems;
    }

    void check(Node root) {
        if (!(root instanceof SequenceNode list)) {
            error(root, "not-a-list", "a route file must be a YAML list", "start the file with \"- route:\"");
            return;
        }
        for (Node item : list.getValue()) value(item, schema.item(), "the file");
    }

    private void value(Node node, DslShape shape, String name) {
        if (node.isRecursive() || ++visits > MAX_VISITS) {
            if (node.isRecursive() || visits == MAX_VISITS + 1)
                error(
                        node,
                        "alias-loop",
                        "\"" + name + "\" refers to itself, or its aliases expand to too much",
                        "replace the aliases with the text they stand for");
            return;
        }
        switch (node) {
            case MappingNode mapping -> {
                if (shape.allows("object")) mapping(mapping, shape, name);
                else wrongType(node, shape, name);
            }
            case SequenceNode list -> {
                JsonNode elements = shape.elements;
                if (!shape.allows("array")) wrongType(node, shape, name);
                else if (elements != null)
                    for (Node element : list.getValue()) value(element, schema.shape(elements), name);
            }
            case ScalarNode scalar -> scalar(scalar, shape, name);
            default -> wrongType(node, shape, name);
        }
    }

    private void mapping(MappingNode mapping, DslShape shape, String name) {
        if (shape.single && outdented(mapping, shape)) return;
        Set<String> seen = new HashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            String member = YamlTree.text(key);
            if (!seen.add(member)) {
                error(key, "repeated-key", "\"" + member + "\" occurs twice in \"" + name + "\"", "keep one of them");
            } else if (shape.members.containsKey(member)) {
                owner = key;
                @Nullable JsonNode expected = shape.members.get(member);
                if (expected != null) value(tuple.getValueNode(), schema.shape(expected), member);
                if (member.equals("parameters")) parameters(tuple.getValueNode());
            } else if (shape.closed) unknown(key, member, shape, name);
        }
        if (shape.single && mapping.getValue().size() > 1) tooMany(mapping, name);
        if (shape.single && mapping.getValue().isEmpty())
            error(
                    mapping,
                    "empty-step",
                    "an element of \"" + name + "\" is empty",
                    "add a step, or remove the element");
        for (String member : required(shape, name, seen))
            if (!seen.contains(member))
                error(
                        mapping,
                        "missing-option",
                        "\"" + name + "\" requires the option \"" + member + "\"",
                        "add \"" + member + ":\"");
    }

    /** The required members: those of Camel's schema, and those without which no route can be built. */
    private Set<String> required(DslShape shape, String name, Set<String> seen) {
        Set<String> required = new LinkedHashSet<>(shape.required);
        if (shape.members.containsKey("steps") && PARENTS.contains(name)) required.add("steps");
        if (name.equals("throwException") && !seen.contains("ref")) required.add("exceptionType");
        @Nullable JsonNode expression = shape.members.get("expression");
        if (expression == null || name.equals("sort") || shape.single) return required;
        Set<String> languages = schema.shape(expression).members.keySet();
        if (shape.members.keySet().containsAll(languages)
                && languages.contains("simple")
                && seen.stream().noneMatch(languages::contains)) required.add("expression");
        return required;
    }

    /** Reports {@code - to:} whose {@code uri:} is at the same indentation as one problem instead of two. */
    private boolean outdented(MappingNode mapping, DslShape shape) {
        List<NodeTuple> members = mapping.getValue();
        if (members.size() < 2 || !YamlTree.isNull(members.getFirst().getValueNode())) return false;
        String step = YamlTree.text(members.getFirst().getKeyNode());
        if (!shape.members.containsKey(step)) return false;
        List<Node> others = members.stream().skip(1).map(NodeTuple::getKeyNode).toList();
        if (others.stream().anyMatch(other -> shape.members.containsKey(YamlTree.text(other)))) return false;
        error(
                others.getFirst(),
                "wrong-indentation",
                "\"" + YamlTree.text(others.getFirst()) + "\" is at the same level as \"" + step
                        + "\" instead of below it",
                "indent it two spaces more than \"" + step + "\"");
        return true;
    }

    /** Checks that parameters are scalars: the schema does not, and Camel would use the toString of a mapping. */
    private void parameters(Node node) {
        if (!(node instanceof MappingNode mapping)) return;
        for (NodeTuple tuple : mapping.getValue())
            if (!(tuple.getValueNode() instanceof ScalarNode))
                error(
                        tuple.getValueNode(),
                        "wrong-type",
                        "\"" + YamlTree.text(tuple.getKeyNode()) + "\" is "
                                + (tuple.getValueNode() instanceof MappingNode ? "a mapping" : "a list"),
                        "it must be a string; quote it if it contains braces or brackets");
    }

    private void unknown(Node key, String member, DslShape shape, String name) {
        if (shape.single) {
            String remedy =
                    Suggestions.remedy(member, shape.members.keySet(), "see the EIPs in the Camel documentation");
            error(key, "unknown-step", "there is no step \"" + member + "\"", remedy);
        } else {
            String remedy = Suggestions.remedy(
                    member, shape.members.keySet(), "its options are " + String.join(", ", shape.members.keySet()));
            error(key, "unknown-option", "\"" + name + "\" has no option \"" + member + "\"", remedy);
        }
    }

    private void tooMany(MappingNode mapping, String name) {
        Node second = mapping.getValue().get(1).getKeyNode();
        error(
                second,
                "two-steps-in-one",
                "an element of \"" + name + "\" contains more than one step",
                "indent \"" + YamlTree.text(second) + "\" below the previous step, or start it with a dash");
    }

    private void scalar(ScalarNode scalar, DslShape shape, String name) {
        if (YamlTree.isNull(scalar)) {
            // An empty "otherwise:" is null in YAML; it counts as an object without members.
            if (shape.allows("object") && shape.required.isEmpty()) return;
            if (shape.allows("object") && !shape.allows("string"))
                error(scalar, "empty-value", "\"" + name + "\" is empty", "add " + String.join(", ", shape.required));
            else wrongType(scalar, shape, name);
            return;
        }
        String text = scalar.getValue();
        boolean resolvedLater = text.contains("{{") || text.contains("${");
        if (resolvedLater && !shape.types.contains("object")) return;
        boolean fits = shape.allows("string")
                || (shape.types.contains("boolean") && (text.equals("true") || text.equals("false")))
                || (shape.types.contains("number") && NUMBER.matcher(text).matches());
        if (!fits) wrongType(scalar, shape, name);
        else if (!shape.values.isEmpty() && shape.values.stream().noneMatch(text::equalsIgnoreCase))
            error(
                    scalar,
                    "wrong-value",
                    "\"" + name + "\" has the invalid value \"" + text + "\"",
                    Suggestions.remedy(text, shape.values, "use one of " + String.join(", ", shape.values)));
        else if (shape.types.contains("object"))
            problems.add(Place.of(file, scalar)
                    .warning(
                            "short-form",
                            "\"" + name + "\" is written in short form",
                            "write it as a mapping (canonical form), which every tool reads"));
    }

    private void wrongType(Node node, DslShape shape, String name) {
        String found = switch (node) {
            case MappingNode mapping -> "a mapping";
            case SequenceNode list -> "a list";
            default -> YamlTree.isNull(node) ? "empty" : "a scalar";
        };
        error(
                node,
                "wrong-type",
                "\"" + name + "\" is " + found,
                "it must be "
                        + String.join(
                                " or ",
                                shape.types.stream().map(DslCheck::describe).toList()));
    }

    private static String describe(String type) {
        return switch (type) {
            case "object" -> "a mapping";
            case "array" -> "a list";
            case "boolean" -> "true or false";
            case "number" -> "a number";
            default -> "a string";
        };
    }

    private void error(Node node, String rule, String message, String remedy) {
        boolean nothing = YamlTree.isNull(node) && YamlTree.text(node).isEmpty();
        Node at = nothing && owner != null ? owner : node;
        problems.add(Place.of(file, at).error(rule, message, remedy));
    }
}
