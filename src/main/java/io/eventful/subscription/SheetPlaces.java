package io.eventful.subscription;

import java.io.StringReader;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Where the members of a sheet of subscriptions are in its text. */
final class SheetPlaces {

    /** A position in the text; lines and columns start at 1, and are 0 for the text as a whole. */
    record Place(int line, int column) {
        private static Place of(@Nullable Mark mark) {
            return mark == null ? WHOLE : new Place(mark.getLine() + 1, mark.getColumn() + 1);
        }

        /** As it follows the name of the file: {@code :4:13}; empty for the text as a whole. */
        @Override
        public String toString() {
            return line == 0 ? "" : ":" + line + ":" + column;
        }
    }

    private static final Place WHOLE = new Place(0, 0);

    private final @Nullable Node root;
    /** Where the text is no valid sheet. */
    private final Place fault;

    private final Defect defect;

    /** What is wrong with the text itself, as far as it is known; detail and remedy as those of a problem. */
    record Defect(String detail, String remedy) {}

    private static final Defect SYNTAX = new Defect("is not valid YAML", "Correct the syntax.");

    private SheetPlaces(@Nullable Node root, Place fault, Defect defect) {
        this.root = root;
        this.fault = fault;
        this.defect = defect;
    }

    static SheetPlaces of(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            return repeated(root, Collections.newSetFromMap(new IdentityHashMap<>()))
                    .map(repeat -> new SheetPlaces(root, Place.of(repeat.second()), repeat.defect()))
                    .orElseGet(() -> new SheetPlaces(root, WHOLE, SYNTAX));
        } catch (MarkedYAMLException e) {
            Place place = Place.of(e.getProblemMark());
            String remedy = place.line() == 0 ? SYNTAX.remedy() : "Correct line " + place.line() + ".";
            String what = e.getProblem() == null ? "" : ": " + e.getProblem();
            return new SheetPlaces(null, place, new Defect(SYNTAX.detail() + what, remedy));
        } catch (YAMLException e) {
            return new SheetPlaces(null, WHOLE, SYNTAX);
        }
    }

    /** Why the text cannot be read. */
    Defect defect() {
        return defect;
    }

    /** A name that a mapping has twice. */
    private record Repeat(String name, Mark first, Mark second) {
        Defect defect() {
            return new Defect(
                    "has the name \"" + name + "\" twice, on line " + (first.getLine() + 1) + " and line "
                            + (second.getLine() + 1),
                    "Rename or remove one of them.");
        }
    }

    /**
     * The place of a member: of its name, or of an element; if it is not there, of what should have it.
     *
     * @param pointer JSON pointer (RFC 6901); empty for a problem of the text itself
     */
    Place at(String pointer) {
        if (pointer.isEmpty()) return fault;
        Node node = root;
        Place place = node == null ? fault : Place.of(node.getStartMark());
        for (String escaped : pointer.substring(1).split("/", -1)) {
            String name = escaped.replace("~1", "/").replace("~0", "~");
            if (node instanceof MappingNode mapping) {
                NodeTuple member = member(mapping, name);
                if (member == null) return place;
                place = Place.of(member.getKeyNode().getStartMark());
                node = member.getValueNode();
            } else if (node instanceof SequenceNode list
                    && name.matches("[0-9]{1,9}")
                    && Integer.parseInt(name) < list.getValue().size()) {
                node = list.getValue().get(Integer.parseInt(name));
                place = Place.of(node.getStartMark());
            } else return place;
        }
        return place;
    }

    private static @Nullable NodeTuple member(MappingNode mapping, String name) {
        for (NodeTuple tuple : mapping.getValue())
            if (tuple.getKeyNode() instanceof ScalarNode key && key.getValue().equals(name)) return tuple;
        return null;
    }

    /**
     * The second of two members with the same name.
     *
     * @param visited nodes, which aliases may repeat
     */
    private static Optional<Repeat> repeated(@Nullable Node node, Set<Node> visited) {
        if (node == null || !visited.add(node)) return Optional.empty();
        if (node instanceof SequenceNode list)
            return list.getValue().stream()
                    .flatMap(each -> repeated(each, visited).stream())
                    .findFirst();
        if (!(node instanceof MappingNode mapping)) return Optional.empty();
        Map<String, Mark> names = new HashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode key) {
                Mark first = names.putIfAbsent(key.getValue(), key.getStartMark());
                if (first != null) return Optional.of(new Repeat(key.getValue(), first, key.getStartMark()));
            }
            Optional<Repeat> within = repeated(tuple.getValueNode(), visited);
            if (within.isPresent()) return within;
        }
        return Optional.empty();
    }
}
