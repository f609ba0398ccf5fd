package io.eventful.edge;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Request targets (RFC 9112 §3.2) and their normal form for matching (RFC 3986 §6.2.2). */
final class Targets {

    private static final String ENCODED_DOT = "%2e";

    private Targets() {}

    /**
     * A parsed request target.
     *
     * @param wire the bytes to forward, exactly as the client sent them
     * @param origin path and query, or {@code *}
     * @param authority of an absolute-form target; null otherwise
     */
    record Target(String wire, String origin, @Nullable String authority) {}

    /** The target of a request, or null when it is not one that may be forwarded. */
    static @Nullable Target parse(String method, String sent) {
        String wire = onTheWire(sent);
        if (wire == null || wire.isEmpty() || !isVisible(wire)) return null;
        if (wire.charAt(0) == '/') return new Target(wire, wire, null);
        if (wire.equals("*")) return method.equals("OPTIONS") ? new Target(wire, wire, null) : null;
        int start = wire.regionMatches(true, 0, "http://", 0, 7)
                ? 7
                : wire.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
        if (start < 0) return null;
        int end = start;
        while (end < wire.length() && wire.charAt(end) != '/' && wire.charAt(end) != '?') end++;
        String authority = wire.substring(start, end);
        if (!isAuthority(authority)) return null;
        String rest = wire.substring(end);
        return new Target(wire, rest.startsWith("/") ? rest : emptyPath(method, rest), authority);
    }

    /** OPTIONS of an authority without a path is about the whole server (RFC 9112 §3.2.4). */
    private static String emptyPath(String method, String query) {
        return query.isEmpty() && method.equals("OPTIONS") ? "*" : "/" + query;
    }

    /**
     * The decoder produces one character per byte, but the encoder writes UTF-8. Bytes above 0x7f are therefore decoded
     * as UTF-8 here, so that they keep their value; null if they are not valid UTF-8.
     */
    private static @Nullable String onTheWire(String sent) {
        for (int i = 0; i < sent.length(); i++) {
            if (sent.charAt(i) > 0x7f) {
                try {
                    return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(sent.getBytes(StandardCharsets.ISO_8859_1)))
                            .toString();
                } catch (CharacterCodingException notUtf8) {
                    return null;
                }
            }
        }
        return sent;
    }

    /** Whether the target has no control character, space or fragment, which parsers could interpret differently. */
    private static boolean isVisible(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '#') return false;
        }
        return true;
    }

    /** Host and optional port (RFC 3986 §3.2.2), without user information. */
    static boolean isAuthority(String text) {
        int colon = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
        String host = colon > 0 ? text.substring(0, colon) : colon == 0 ? "" : text;
        if (host.isEmpty()) return false;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean literal = host.charAt(0) == '[' && (c == ':' || c == '[' || c == ']');
            if (!literal && !isLetterOrDigit(c) && "-._~%!$&'()*+;=".indexOf(c) < 0) return false;
        }
        if (colon <= 0 || colon == text.length()) return true;
        if (text.charAt(colon) != ':') return false;
        for (int i = colon + 1; i < text.length(); i++) if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        return text.length() - colon <= 6;
    }

    /**
     * An origin-form target without a path prefix. It stays raw if the raw target starts with the prefix; otherwise its
     * normalised form is used.
     */
    static String without(String prefix, String origin) {
        if (prefix.isEmpty() || !origin.startsWith("/")) return origin;
        String query = query(origin);
        boolean asked = origin.indexOf('?') >= 0;
        String path = asked ? origin.substring(0, origin.indexOf('?')) : origin;
        String form = path.startsWith(prefix) && path.startsWith("/", prefix.length()) ? path : path(origin);
        String rest = form.startsWith(prefix) ? form.substring(prefix.length()) : form;
        return (rest.isEmpty() ? "/" : rest) + (asked ? "?" + query : "");
    }

    /**
     * An origin-form target without dot segments ({@code .} and {@code ..}, also with {@code %2e}), otherwise as it is: the
     * same item as before, also below another path. As in {@link #path}, {@code ..} also removes empty segments before it.
     */
    static String withoutDots(String origin) {
        int mark = origin.indexOf('?');
        String path = mark < 0 ? origin : origin.substring(0, mark);
        if (!path.startsWith("/") || !mayHaveDots(path)) return origin;
        Deque<String> kept = new ArrayDeque<>();
        boolean directory = false;
        for (String segment : path.substring(1).split("/", -1)) {
            int dots = dots(segment);
            if (dots == 0) kept.addLast(segment);
            if (dots == 2) {
                while ("".equals(kept.peekLast())) kept.removeLast();
                kept.pollLast();
            }
            directory = dots > 0;
        }
        if (directory) kept.addLast("");
        return "/" + String.join("/", kept) + (mark < 0 ? "" : origin.substring(mark));
    }

    /** Fast check that fails for most paths. */
    private static boolean mayHaveDots(String path) {
        for (int i = 1; i < path.length(); i++) {
            boolean dot = path.charAt(i) == '.' || path.regionMatches(true, i, ENCODED_DOT, 0, ENCODED_DOT.length());
            if (dot && path.charAt(i - 1) == '/') return true;
        }
        return false;
    }

    /** 1 for a segment that is {@code .}, 2 for {@code ..}, 0 for any other. */
    private static int dots(String segment) {
        int dots = 0;
        for (int i = 0; i < segment.length(); dots++) {
            if (segment.charAt(i) == '.') i++;
            else if (segment.regionMatches(true, i, ENCODED_DOT, 0, ENCODED_DOT.length())) i += ENCODED_DOT.length();
            else return 0;
        }
        return dots <= 2 ? dots : 0;
    }

    /** Raw query without the question mark; empty when there is none. */
    static String query(String origin) {
        int mark = origin.indexOf('?');
        return mark < 0 ? "" : origin.substring(mark + 1);
    }

    /** The path of an origin-form target in normal form; see {@link RequestHead#path()}. */
    static String path(String origin) {
        int mark = origin.indexOf('?');
        String raw = mark < 0 ? origin : origin.substring(0, mark);
        if (raw.equals("*") || isNormal(raw)) return raw;
        Deque<String> segments = new ArrayDeque<>();
        for (String segment : decodeUnreserved(raw).split("/")) {
            if (segment.equals("..")) segments.pollLast();
            else if (!segment.isEmpty() && !segment.equals(".")) segments.addLast(segment);
        }
        return "/" + String.join("/", segments);
    }

    /** Fast check that holds for most paths: no escapes, no empty or dot segments, no trailing slash. */
    private static boolean isNormal(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '%') return false;
            if (c == '/' && i + 1 < path.length() && (path.charAt(i + 1) == '/' || path.charAt(i + 1) == '.')) {
                return false;
            }
        }
        return path.length() == 1 || !path.endsWith("/");
    }

    private static String decodeUnreserved(String path) {
        StringBuilder out = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c != '%' || i + 2 >= path.length() || hex(path, i) < 0) {
                out.append(c);
                continue;
            }
            char decoded = (char) hex(path, i);
            if (isLetterOrDigit(decoded) || "-._~".indexOf(decoded) >= 0) out.append(decoded);
            else out.append('%').append(upper(path.charAt(i + 1))).append(upper(path.charAt(i + 2)));
            i += 2;
        }
        return out.toString();
    }

    private static int hex(String path, int percent) {
        int high = Character.digit(path.charAt(percent + 1), 16);
        int low = Character.digit(path.charAt(percent + 2), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    private static char upper(char c) {
        return c >= 'a' && c <= 'f' ? (char) (c - 32) : c;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
