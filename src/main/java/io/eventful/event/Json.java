package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/** JSON that preserves its text: numbers are never converted, and two numbers are equal only if their texts are. */
public final class Json {

    /** How deep a document may be nested. */
    public static final int MAX_DEPTH = 512;

    /** How many characters a number may have. */
    public static final int MAX_NUMBER_LENGTH = 1_000;

    /** How many characters a string or a member's name may have. */
    public static final int MAX_STRING_LENGTH = 64 * 1024 * 1024;

    /** Initial buffer size for writing; sufficient for most items. */
    private static final int CAPACITY = 2048;

    private Json() {}

    /**
     * Parses one document: strict RFC 8259 in UTF-8 (a byte order mark is skipped), no trailing content, no duplicate
     * names, within the limits above. Fails with {@link JsonFormatException}.
     */
    public static JsonNode parse(byte[] bytes) {
        return JsonReader.read(bytes);
    }

    /** The same for a string. */
    public static JsonNode parse(String text) {
        return JsonReader.read(text);
    }

    /** Like {@link #parse(byte[])}, but empty instead of an exception. */
    public static Optional<JsonNode> tryParse(byte[] bytes) {
        try {
            return Optional.of(JsonReader.read(bytes));
        } catch (JsonFormatException e) {
            return Optional.empty();
        }
    }

    /** Compact JSON in UTF-8; preserves the order of members and the text of numbers. */
    public static byte[] bytes(JsonNode json) {
        return new JsonWriter(CAPACITY).value(json, JsonWriter.Order.AS_READ).toBytes();
    }

    /** The same as a string. */
    public static String text(JsonNode json) {
        return new JsonWriter(CAPACITY).value(json, JsonWriter.Order.AS_READ).toString();
    }

    /** Canonical form: compact, members sorted by UTF-16 code units, numbers with their text. Equal documents have equal forms. */
    public static String canonical(JsonNode json) {
        return new JsonWriter(CAPACITY).value(json, JsonWriter.Order.SORTED).toString();
    }

    /** {@code sha-256:<hex>} of the canonical form. */
    public static String digest(JsonNode json) {
        MessageDigest hash = DigestUtils.getSha256Digest();
        new JsonWriter(CAPACITY).value(json, JsonWriter.Order.SORTED).update(hash);
        return named(hash.digest());
    }

    /** {@code sha-256:<hex>} of bytes. */
    public static String digest(byte[] bytes) {
        return named(DigestUtils.sha256(bytes));
    }

    private static String named(byte[] hash) {
        return "sha-256:" + HexFormat.of().formatHex(hash);
    }

    /** True when two documents are equal: members in any order, numbers by their text. */
    public static boolean same(JsonNode left, JsonNode right) {
        if (left == right) return true;
        if (left.getNodeType() != right.getNodeType() || left.size() != right.size()) return false;
        switch (left.getNodeType()) {
            case OBJECT -> {
                for (Map.Entry<String, JsonNode> member : left.properties()) {
                    JsonNode other = right.get(member.getKey());
                    if (other == null || !same(member.getValue(), other)) return false;
                }
                return true;
            }
            case ARRAY -> {
                for (int i = 0; i < left.size(); i++) if (!same(left.get(i), right.get(i))) return false;
                return true;
            }
            case NUMBER -> {
                return numberText(left).equals(numberText(right));
            }
            default -> {
                return left.equals(right);
            }
        }
    }

    /** The text of a number; {@code null} for NaN and infinities, which JSON cannot represent. */
    static String numberText(JsonNode number) {
        if (number instanceof RawNumber) return number.asText();
        if ((number.isDouble() || number.isFloat()) && !Double.isFinite(number.doubleValue())) return "null";
        return number.asText();
    }

    /** The value as Java objects for expression languages: Map, List, String, Boolean, Integer, Long, BigDecimal or null. */
    public static @Nullable Object toJava(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(json.size());
                for (Map.Entry<String, JsonNode> member : json.properties())
                    map.put(member.getKey(), toJava(member.getValue()));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(json.size());
                for (JsonNode element : json) list.add(toJava(element));
                yield list;
            }
            case STRING -> json.textValue();
            case NUMBER -> json instanceof RawNumber number ? number.javaValue() : json.numberValue();
            case BOOLEAN -> json.booleanValue();
            default -> null;
        };
    }

    /**
     * The inverse of {@link #toJava}; also accepts arrays, collections and other number types. Fails with
     * {@link JsonFormatException} for a type that JSON cannot represent.
     */
    public static JsonNode fromJava(@Nullable Object value) {
        return switch (value) {
            case null -> NullNode.instance;
            case JsonNode json -> json;
            case CharSequence text -> TextNode.valueOf(text.toString());
            case Boolean truth -> BooleanNode.valueOf(truth);
            case Double number
            when !Double.isFinite(number) -> throw new JsonFormatException("JSON has no such number");
            case Float number when !Float.isFinite(number) -> throw new JsonFormatException("JSON has no such number");
            case Number number -> new RawNumber(number.toString());
            case Map<?, ?> map -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                map.forEach((name, member) -> object.set(String.valueOf(name), fromJava(member)));
                yield object;
            }
            case Collection<?> collection -> {
                ArrayNode array = JsonNodeFactory.instance.arrayNode(collection.size());
                for (Object element : collection) array.add(fromJava(element));
                yield array;
            }
            default ->
                throw new JsonFormatException(
                        "JSON has no value for a " + value.getClass().getName());
        };
    }

    /**
     * A copy without the members and elements at the given JSON Pointers; pointers without a target are ignored, and the
     * empty pointer gives null.
     */
    public static Redaction redact(JsonNode json, Collection<String> pointers) {
        return Redaction.of(json, pointers);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
