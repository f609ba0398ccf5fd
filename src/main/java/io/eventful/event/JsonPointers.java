package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON Pointer (RFC 6901), strict. */
public final class JsonPointers {

    private JsonPointers() {}

    /** The reference tokens of a pointer. Fails with {@link JsonFormatException} if it is malformed. */
    public static List<String> tokens(String pointer) {
        if (pointer.isEmpty()) return List.of();
        if (pointer.charAt(0) != '/') throw new JsonFormatException("a JSON Pointer must be empty or start with /");
        List<String> tokens = new ArrayList<>();
        int start = 1;
        for (int end = pointer.indexOf('/', start); end >= 0; end = pointer.indexOf('/', start)) {
            tokens.add(unescape(pointer.substring(start, end)));
            start = end + 1;
        }
        tokens.add(unescape(pointer.substring(start)));
        return tokens;
    }

    /** The pointer to a member or element below a pointer. */
    public static String child(String pointer, String token) {
        return pointer + '/' + (needsEscape(token) ? token.replace("~", "~0").replace("/", "~1") : token);
    }

    /** The value at a pointer; empty when there is none. */
    public static Optional<JsonNode> at(JsonNode document, String pointer) {
        JsonNode node = document;
        for (String token : tokens(pointer)) {
            JsonNode next = step(node, token);
            if (next == null) return Optional.empty();
            node = next;
        }
        return Optional.of(node);
    }

    static @Nullable JsonNode step(JsonNode node, String token) {
        if (node.isObject()) return node.get(token);
        if (!node.isArray()) return null;
        int index = index(token);
        return index < 0 ? null : node.get(index);
    }

    /** An array index: digits without a leading zero; -1 for anything else. */
    static int index(String token) {
        if (token.isEmpty() || token.length() > 9 || token.length() > 1 && token.charAt(0) == '0') return -1;
        int index = 0;
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c < '0' || c > '9') return -1;
            index = 10 * index + c - '0';
        }
        return index;
    }

    private static boolean needsEscape(String token) {
        return token.indexOf('~') >= 0 || token.indexOf('/') >= 0;
    }

    private static String unescape(String token) {
        if (token.indexOf('~') < 0) return token;
        StringBuilder text = new StringBuilder(token.length());
        for (int i = 0; i < token.length(); i++) {
            char c = token.charAt(i);
            if (c != '~') {
                text.append(c);
                continue;
            }
            char code = ++i < token.length() ? token.charAt(i) : 0;
            if (code != '0' && code != '1')
                throw new JsonFormatException("a ~ in a JSON Pointer must be followed by 0 or 1");
            text.append(code == '0' ? '~' : '/');
        }
        return text.toString();
    }
}
