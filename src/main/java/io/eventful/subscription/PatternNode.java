package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.event.ruler.Machine;

/**
 * What one value of a document must meet. All that is asked of a member is together, wherever the pattern says it, because
 * one element of an array has to meet all of it.
 */
final class PatternNode {

    private static final String VALUE = "value";

    /** The value is one of those asked for, by each: a machine is for a document whose only member is the value. */
    private final List<Machine> leaves;

    private final Map<String, PatternNode> members;

    /** Of each, one alternative at least is met. */
    private final List<List<PatternNode>> choices;

    /** Whether no member is named beside a choice and in it, or in two of them. */
    private final boolean apart;

    private PatternNode(List<Machine> leaves, Map<String, PatternNode> members, List<List<PatternNode>> choices) {
        this.leaves = leaves;
        this.members = members;
        this.choices = choices;
        Set<String> names = new HashSet<>(members.keySet());
        boolean disjoint = true;
        for (List<PatternNode> choice : choices) {
            Set<String> own = names(choice);
            disjoint &= Collections.disjoint(names, own);
            names.addAll(own);
        }
        this.apart = disjoint;
    }

    /** Asks for nothing. */
    static PatternNode any() {
        return new PatternNode(List.of(), Map.of(), List.of());
    }

    /** @throws IOException when event-ruler does not take the values */
    static PatternNode leaf(JsonNode values) throws IOException {
        if (values.size() < 2 || !isFolding(values)) return machine(values);
        List<PatternNode> each = new ArrayList<>();
        ArrayNode others = JsonNodeFactory.instance.arrayNode();
        for (JsonNode value : values) {
            if (isFolding(value))
                each.add(machine(JsonNodeFactory.instance.arrayNode().add(value)));
            else others.add(value);
        }
        if (!others.isEmpty()) each.add(machine(others));
        return choice(each);
    }

    private static PatternNode machine(JsonNode values) throws IOException {
        Machine machine = new Machine();
        machine.addRule(VALUE, value(values).toString());
        return new PatternNode(List.of(machine), Map.of(), List.of());
    }

    /**
     * Whether a pattern has texts in any case. Other comparisons in one machine of event-ruler with them may take their
     * letters in either case, too: a {@code wildcard}, and, beside ends of texts, a whole text.
     */
    static boolean isFolding(JsonNode pattern) {
        return pattern.findValue("equals-ignore-case") != null;
    }

    static PatternNode member(String name, PatternNode node) {
        return new PatternNode(List.of(), Map.of(name, node), List.of());
    }

    static PatternNode choice(List<PatternNode> alternatives) {
        return new PatternNode(List.of(), Map.of(), List.of(alternatives));
    }

    /** What both ask for. */
    PatternNode and(PatternNode other) {
        Map<String, PatternNode> both = new LinkedHashMap<>(members);
        other.members.forEach((name, node) -> both.merge(name, node, PatternNode::and));
        return new PatternNode(joined(leaves, other.leaves), both, joined(choices, other.choices));
    }

    private static <T> List<T> joined(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static Set<String> names(List<PatternNode> alternatives) {
        Set<String> names = new HashSet<>();
        for (PatternNode each : alternatives) {
            names.addAll(each.members.keySet());
            each.choices.forEach(choice -> names.addAll(names(choice)));
        }
        return names;
    }

    boolean matches(JsonNode json) {
        JsonNode value = leaves.isEmpty() ? json : value(json);
        for (Machine leaf : leaves) if (leaf.rulesForJSONEvent(value).isEmpty()) return false;
        for (Map.Entry<String, PatternNode> member : members.entrySet())
            if (!member.getValue().below(json.path(member.getKey()))) return false;
        if (apart) return choices.stream().allMatch(choice -> choice.stream().anyMatch(each -> each.matches(json)));
        return alternatives().anyMatch(each -> each.matches(json));
    }

    /** This with the first choice made, in each way. */
    private Stream<PatternNode> alternatives() {
        PatternNode rest = new PatternNode(leaves, members, choices.subList(1, choices.size()));
        return choices.getFirst().stream().map(rest::and);
    }

    /** An array is a choice of its elements; event-ruler makes it itself for values alone. */
    private boolean below(JsonNode json) {
        if (!json.isArray() || isOneLeaf()) return matches(json);
        for (JsonNode element : json) if (below(element)) return true;
        return json.isEmpty() && matches(MissingNode.getInstance());
    }

    private boolean isOneLeaf() {
        return leaves.size() == 1 && members.isEmpty() && choices.isEmpty();
    }

    private static JsonNode value(JsonNode json) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        return json.isMissingNode() ? document : document.set(VALUE, json);
    }
}
