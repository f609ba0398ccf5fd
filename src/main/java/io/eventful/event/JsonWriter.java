package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Writes compact JSON as UTF-8 bytes. Escapes only what RFC 8259 requires (as in RFC 8785), and lone surrogates, which
 * have no UTF-8 form. Not thread-safe.
 */
final class JsonWriter {

    /** The order of the members of an object. */
    enum Order {
        AS_READ,
        SORTED
    }

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] buffer;
    private int length;

    JsonWriter(int capacity) {
        buffer = new byte[capacity];
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    /** Adds the written bytes to a hash. */
    void update(MessageDigest hash) {
        hash.update(buffer, 0, length);
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    JsonWriter value(JsonNode node, Order order) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node, order);
            case ARRAY -> {
                raw('[');
                for (int i = 0; i < node.size(); i++) {
                    if (i > 0) raw(',');
                    value(node.get(i), order);
                }
                raw(']');
            }
            case STRING -> string(node.textValue());
            case NUMBER -> ascii(Json.numberText(node));
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            case NULL, MISSING -> ascii("null");
            case BINARY, POJO -> throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
        }
        return this;
    }

    private void object(JsonNode node, Order order) {
        Iterable<Map.Entry<String, JsonNode>> members = node.properties();
        if (order == Order.SORTED && node.size() > 1) {
            List<Map.Entry<String, JsonNode>> sorted = new ArrayList<>(node.properties());
            sorted.sort(Map.Entry.comparingByKey());
            members = sorted;
        }
        raw('{');
        char separator = 0;
        for (Map.Entry<String, JsonNode> member : members) {
            if (separator != 0) raw(separator);
            separator = ',';
            string(member.getKey()).raw(':').value(member.getValue(), order);
        }
        raw('}');
    }

    /** Writes one ASCII character unescaped. */
    JsonWriter raw(char c) {
        ensure(1);
        buffer[length++] = (byte) c;
        return this;
    }

    /** Writes ASCII text unescaped. */
    @SuppressWarnings("deprecation") // deprecated, but the only way to copy ASCII without an intermediate array
    JsonWriter ascii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), buffer, length);
        length += text.length();
        return this;
    }

    /** Writes bytes that are already JSON. */
    JsonWriter json(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
        return this;
    }

    /** Writes a quoted string. */
    JsonWriter string(String text) {
        // Fast path: nearly all strings are ASCII without escapes and need one byte per character.
        return isPlain(text) ? raw('"').ascii(text).raw('"') : escaped(text);
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') return false;
        }
        return true;
    }

    private JsonWriter escaped(String text) {
        int end = text.length();
        ensure(3 * end + 2);
        buffer[length++] = '"';
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') buffer[length++] = (byte) c;
            else if (c < 0x80) escape(c, end - i);
            else if (c < 0x800) two(c);
            else if (!Character.isSurrogate(c)) three(c);
            else if (Character.isHighSurrogate(c) && i + 1 < end && Character.isLowSurrogate(text.charAt(i + 1)))
                four(Character.toCodePoint(c, text.charAt(++i)));
            else hex(c, end - i);
        }
        ensure(1);
        buffer[length++] = '"';
        return this;
    }

    private void escape(char c, int remaining) {
        char letter = switch (c) {
            case '"', '\\' -> c;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 0;
        };
        if (letter == 0) {
            hex(c, remaining);
            return;
        }
        buffer[length++] = '\\';
        buffer[length++] = (byte) letter;
    }

    private void hex(char c, int remaining) {
        ensure(6 + 3 * remaining);
        buffer[length++] = '\\';
        buffer[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) buffer[length++] = HEX[c >> shift & 0xF];
    }

    private void two(int c) {
        buffer[length++] = (byte) (0xC0 | c >> 6);
        buffer[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void three(int c) {
        buffer[length++] = (byte) (0xE0 | c >> 12);
        buffer[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        buffer[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void four(int c) {
        buffer[length++] = (byte) (0xF0 | c >> 18);
        buffer[length++] = (byte) (0x80 | c >> 12 & 0x3F);
        buffer[length++] = (byte) (0x80 | c >> 6 & 0x3F);
        buffer[length++] = (byte) (0x80 | c & 0x3F);
    }

    private void ensure(int more) {
        if (buffer.length - length < more)
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(length, more), buffer.length * 2));
    }
}
