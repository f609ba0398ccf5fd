package io.eventful.subscription;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.event.ruler.JsonRuleCompiler;
import software.amazon.event.ruler.Machine;

/** Compiles event patterns (the language of event-ruler, known from EventBridge) over the payload. */
final class DataFilters {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_LENGTH = 16_384;
    private static final int MAX_ALTERNATIVES = 1_000;
    private static final Pattern SOURCE = Pattern.compile("\\s*at \\[Source:.*", Pattern.DOTALL);
    private static final Pattern COLUMN = Pattern.compile("column: (\\d+)");
    private static final String REMEDY =
            "Use an event pattern such as {\"state\": {\"country\": [\"DE\"], \"age\": [{\"numeric\": [\">\","
                    + " 17]}]}}.";

    /** event-ruler compares as doubles, and only numbers that a double holds exactly as they are written. */
    private static final String NOT_COMPARABLE = "Cannot compare number";

    private static final String SHORTER =
            "Numbers of up to 15 significant digits can be compared. A longer one can only be listed as it is written,"
                    + " such as {\"state\": {\"id\": [123456789012345678]}}.";

    private DataFilters() {}

    static Optional<Condition.Data> compile(JsonNode value, String pointer, Findings findings) {
        if (!value.isObject() || value.isEmpty()) {
            findings.problem(pointer, "is not an event pattern", REMEDY);
            return Optional.empty();
        }
        String text = value.toString();
        if (text.length() > MAX_LENGTH) {
            findings.problem(pointer, "is longer than " + MAX_LENGTH + " characters", "Shorten the pattern.");
            return Optional.empty();
        }
        if (alternatives(value, 1) > MAX_ALTERNATIVES) {
            findings.problem(
                    pointer, "has more than " + MAX_ALTERNATIVES + " combinations of $or", "Use fewer alternatives.");
            return Optional.empty();
        }
        try {
            String wrong = JsonRuleCompiler.check(text);
            if (wrong != null) {
                findings.problem(
                        pointer + place(wrong, text),
                        "is not a valid event pattern: " + plain(wrong, text),
                        wrong.startsWith(NOT_COMPARABLE) ? SHORTER : REMEDY);
                return Optional.empty();
            }
            ElementPattern elements = new ElementPattern(value);
            return Optional.of(new Condition.Data(
                    value, elements.isRepeating() || PatternNode.isFolding(value) ? null : machine(text), elements));
        } catch (IOException | RuntimeException e) {
            findings.problem(pointer, "is not a valid event pattern", REMEDY);
            return Optional.empty();
        }
    }

    private static Machine machine(String text) throws IOException {
        Machine machine = new Machine();
        machine.addRule("it", text);
        return machine;
    }

    /** The compiler multiplies the branches of nested and neighbouring {@code $or}s out; this bounds their product. */
    private static long alternatives(JsonNode node, long sofar) {
        long product = sofar;
        JsonNode or = node.get("$or");
        if (or != null && or.isArray()) product *= Math.max(1, or.size());
        for (JsonNode child : node) if (product <= MAX_ALTERNATIVES) product = alternatives(child, product);
        return product;
    }

    /** The pointer of the member, within the pattern, at which the compiler stopped; empty when it does not say. */
    private static String place(String wrong, String text) {
        Matcher column = COLUMN.matcher(wrong);
        if (!column.find()) return "";
        int end = Integer.parseInt(column.group(1));
        String pointer = "";
        try (JsonParser parser = JSON.createParser(text)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (parser.currentTokenLocation().getCharOffset() >= end - 1L) break;
                if (!token.isStructEnd())
                    pointer = parser.getParsingContext().pathAsPointer().toString();
            }
        } catch (IOException unreadable) {
            return "";
        }
        return pointer;
    }

    private static String plain(String wrong, String text) {
        Matcher column = COLUMN.matcher(wrong);
        String place = column.find() ? ", near " + near(text, Integer.parseInt(column.group(1))) : "";
        return SOURCE.matcher(wrong).replaceFirst("") + place;
    }

    private static String near(String text, int column) {
        int end = Math.min(text.length(), Math.max(1, column));
        return "…" + text.substring(Math.max(0, end - 24), end);
    }
}
