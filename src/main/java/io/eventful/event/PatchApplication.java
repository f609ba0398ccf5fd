package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Applies one patch to a copy of one document, strictly. */
final class PatchApplication {

    /** Maximum number of values that a patch may copy or move, because {@code copy} can double a document with each operation. */
    private static final int MAX_VALUES = 1_000_000;

    private JsonNode document;
    private int index = -1;
    private String path = "";
    private int values;

    PatchApplication(JsonNode document) {
        this.document = document.deepCopy();
    }

    JsonNode apply(JsonNode patch) throws PatchException {
        if (!patch.isArray()) throw refused("a patch is an array");
        for (JsonNode operation : patch) {
            index++;
            path = "";
            path = text(operation, "path");
            apply(text(operation, "op"), operation);
        }
        return document;
    }

    private void apply(String name, JsonNode operation) throws PatchException {
        switch (name) {
            case "add" -> add(value(operation));
            case "remove" -> remove(path);
            case "replace" -> replace(value(operation));
            case "test" -> {
                if (!Json.same(find(path), operand(operation))) throw refused("the value is another one");
            }
            case "copy" -> add(measured(find(text(operation, "from"))).deepCopy());
            case "move" -> {
                String from = text(operation, "from");
                if (path.startsWith(from + '/')) throw refused("a value cannot be moved into itself");
                JsonNode moved = measured(find(from));
                if (from.equals(path)) return;
                remove(from);
                add(moved);
            }
            default -> throw refused("an unknown operation");
        }
    }

    private void add(JsonNode value) throws PatchException {
        List<String> tokens = tokens(path);
        if (tokens.isEmpty()) {
            document = value;
            return;
        }
        String last = tokens.getLast();
        switch (parent(tokens)) {
            case ObjectNode object -> object.set(last, value);
            case ArrayNode array -> {
                int at = last.equals("-") ? array.size() : JsonPointers.index(last);
                if (at < 0 || at > array.size()) throw refused("no such place in the array");
                array.insert(at, value);
            }
            default -> throw refused("nothing to add to");
        }
    }

    private void replace(JsonNode value) throws PatchException {
        find(path);
        List<String> tokens = tokens(path);
        if (tokens.isEmpty()) document = value;
        else if (parent(tokens) instanceof ObjectNode object) object.set(tokens.getLast(), value);
        else if (parent(tokens) instanceof ArrayNode array) array.set(JsonPointers.index(tokens.getLast()), value);
    }

    private void remove(String from) throws PatchException {
        find(from);
        List<String> tokens = tokens(from);
        if (tokens.isEmpty()) throw refused("the whole document cannot be removed");
        if (parent(tokens) instanceof ObjectNode object) object.remove(tokens.getLast());
        else if (parent(tokens) instanceof ArrayNode array) array.remove(JsonPointers.index(tokens.getLast()));
    }

    private JsonNode find(String pointer) throws PatchException {
        return walk(tokens(pointer));
    }

    private JsonNode parent(List<String> tokens) throws PatchException {
        return walk(tokens.subList(0, tokens.size() - 1));
    }

    private JsonNode walk(List<String> tokens) throws PatchException {
        JsonNode node = document;
        for (String token : tokens) {
            JsonNode next = JsonPointers.step(node, token);
            if (next == null) throw refused("no such value");
            node = next;
        }
        return node;
    }

    private List<String> tokens(String pointer) throws PatchException {
        try {
            List<String> tokens = JsonPointers.tokens(pointer);
            if (tokens.size() > Json.MAX_DEPTH) throw refused("too deep");
            return tokens;
        } catch (JsonFormatException e) {
            throw refused(e.getMessage());
        }
    }

    /** A copy of the operation's value, because a later operation must not change the patch. */
    private JsonNode value(JsonNode operation) throws PatchException {
        JsonNode value = operand(operation);
        checkDepth(value, tokens(path).size());
        return value.deepCopy();
    }

    private JsonNode operand(JsonNode operation) throws PatchException {
        JsonNode value = operation.get("value");
        if (value == null) throw refused("no value");
        return value;
    }

    private String text(JsonNode operation, String member) throws PatchException {
        JsonNode text = operation.get(member);
        if (text == null || !text.isTextual()) throw refused("no " + member);
        return text.textValue();
    }

    private JsonNode measured(JsonNode value) throws PatchException {
        count(value);
        checkDepth(value, tokens(path).size());
        return value;
    }

    private void count(JsonNode value) throws PatchException {
        if (++values > MAX_VALUES) throw refused("too many values");
        for (JsonNode child : value) count(child);
    }

    private void checkDepth(JsonNode value, int depth) throws PatchException {
        if (depth > Json.MAX_DEPTH) throw refused("too deep");
        for (JsonNode child : value) checkDepth(child, depth + 1);
    }

    private PatchException refused(@Nullable String problem) {
        return new PatchException(index, path, String.valueOf(problem));
    }
}
