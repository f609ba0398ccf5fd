package io.eventful.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Canonical paths: equivalent paths (RFC 3986, section 6.2.2) have the same form, so that an item has one subject. */
public final class Subjects {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Subjects() {}

    /**
     * The canonical form of a raw path: escapes of unreserved characters are decoded, other escapes are in upper case,
     * missing escapes are added, and doubled and trailing slashes and dot segments are removed. {@code %2F} is kept. A
     * query or fragment is removed. Never fails; the root is {@code /}.
     */
    public static String normalise(String path) {
        if (isCanonical(path)) return path;
        List<String> segments = segments(path);
        return segments.isEmpty() ? "/" : '/' + String.join("/", segments);
    }

    /**
     * A raw path that starts with a slash, without its dot segments (RFC 3986, section 5.2.4), also escaped ones. All else
     * stays as it is, so that it can be sent.
     */
    public static String withoutDotSegments(String path) {
        String[] segments = path.substring(1).split("/", -1);
        List<String> left = new ArrayList<>(segments.length);
        for (int i = 0; i < segments.length; i++) {
            String plain = segments[i].replace("%2e", ".").replace("%2E", ".");
            boolean up = plain.equals("..");
            if (up && !left.isEmpty()) left.removeLast();
            if (!up && !plain.equals(".")) left.add(segments[i]);
            else if (i == segments.length - 1) left.add("");
        }
        return '/' + String.join("/", left);
    }

    /** The segments of the canonical form. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        if (isCanonical(path)) {
            int from = 1;
            for (int slash = path.indexOf('/', from); slash >= 0; slash = path.indexOf('/', from)) {
                segments.add(path.substring(from, slash));
                from = slash + 1;
            }
            segments.add(path.substring(from));
            return segments;
        }
        for (String segment : path(path).split("/", -1)) {
            String canonical = segment(segment);
            switch (canonical) {
                case "", "." -> {}
                case ".." -> {
                    if (!segments.isEmpty()) segments.removeLast();
                }
                default -> segments.add(canonical);
            }
        }
        return segments;
    }

    private static String path(String target) {
        for (int i = 0; i < target.length(); i++)
            if (target.charAt(i) == '?' || target.charAt(i) == '#') return target.substring(0, i);
        return target;
    }

    /** Fast, conservative check: most paths are already canonical. */
    private static boolean isCanonical(String path) {
        int length = path.length();
        if (length < 2 || path.charAt(0) != '/' || path.charAt(length - 1) == '/') return false;
        for (int i = 1; i < length; i++) {
            char c = path.charAt(i);
            boolean atStart = path.charAt(i - 1) == '/';
            if (c == '/' ? atStart : c == '.' ? atStart : !isPathCharacter(c)) return false;
        }
        return true;
    }

    private static String segment(String raw) {
        StringBuilder segment = new StringBuilder(raw.length());
        byte[] octets = raw.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < octets.length; i++) {
            char c = (char) (octets[i] & 0xFF);
            if (c == '%'
                    && i + 2 < octets.length
                    && HexFormat.isHexDigit(octets[i + 1])
                    && HexFormat.isHexDigit(octets[i + 2])) {
                char decoded =
                        (char) (HexFormat.fromHexDigit(octets[i + 1]) << 4 | HexFormat.fromHexDigit(octets[i + 2]));
                i += 2;
                if (isUnreserved(decoded)) segment.append(decoded);
                else HEX.toHexDigits(segment.append('%'), (byte) decoded);
            } else if (isPathCharacter(c)) {
                segment.append(c);
            } else {
                // A percent sign without two hex digits is a literal percent sign.
                HEX.toHexDigits(segment.append('%'), (byte) c);
            }
        }
        return segment.toString();
    }

    private static boolean isUnreserved(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~';
    }

    /** RFC 3986 {@code pchar} without escapes. */
    private static boolean isPathCharacter(char c) {
        return isUnreserved(c) || c < 0x80 && "!$&'()*+,;=:@".indexOf(c) >= 0;
    }
}
