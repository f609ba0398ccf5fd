package io.eventful.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Parses one strict JSON document (RFC 8259, unique member names, UTF-8) into a tree that preserves the text of numbers. */
final class JsonReader {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // Untrusted member names must not fill the intern table, nor cause failures by hash collisions.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Json.MAX_DEPTH)
                    .maxNumberLength(Json.MAX_NUMBER_LENGTH)
                    .maxNameLength(Json.MAX_STRING_LENGTH)
                    .maxStringLength(Json.MAX_STRING_LENGTH)
                    .build())
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonReader() {}

    static JsonNode read(byte[] bytes) {
        return read(decode(bytes));
    }

    static JsonNode read(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonNode document = value(parser, parser.nextToken());
            if (parser.nextToken() != null) throw malformed(parser, "a second value");
            return document;
        } catch (JsonProcessingException e) {
            // Jackson's own message may quote the body.
            var place = e.getLocation();
            throw new JsonFormatException(
                    place == null
                            ? "not JSON"
                            : "not JSON at line " + place.getLineNr() + ", column " + place.getColumnNr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The text of a UTF-8 body, without its byte order mark. */
    private static String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // Only text with a replacement character can stem from invalid bytes; only then the slower strict decoder is
        // used.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                text = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                throw new JsonFormatException("not UTF-8");
            }
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static JsonNode value(JsonParser parser, @Nullable JsonToken token) throws IOException {
        if (token == null) throw malformed(parser, "an early end");
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> TextNode.valueOf(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new RawNumber(parser.getText());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.instance;
            default -> throw malformed(parser, "no value");
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (object.replace(name, value(parser, parser.nextToken())) != null)
                throw malformed(parser, "a duplicate name");
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken())
            array.add(value(parser, token));
        return array;
    }

    private static JsonFormatException malformed(JsonParser parser, String found) {
        var place = parser.currentLocation();
        return new JsonFormatException(
                "not JSON: " + found + " at line " + place.getLineNr() + ", column " + place.getColumnNr());
    }
}
