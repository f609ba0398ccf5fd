package io.eventful.subscription;

import java.util.Arrays;

/**
 * A pattern of {@code LIKE}: {@code %} stands for any text, {@code _} for one character, and a backslash before one of
 * them for itself.
 */
final class LikePattern {

    private static final int ANY = -1;
    private static final int ONE = -2;

    /** Code points, {@link #ANY} and {@link #ONE}. */
    private final int[] codes;

    private LikePattern(int[] codes) {
        this.codes = codes;
    }

    static LikePattern of(String pattern) {
        int[] points = pattern.codePoints().toArray();
        int[] codes = new int[points.length];
        int length = 0;
        for (int i = 0; i < points.length; i++) {
            int point = points[i];
            boolean escaped = point == '\\' && i + 1 < points.length && (points[i + 1] == '%' || points[i + 1] == '_');
            if (escaped) codes[length++] = points[++i];
            else codes[length++] = point == '%' ? ANY : point == '_' ? ONE : point;
        }
        return new LikePattern(Arrays.copyOf(codes, length));
    }

    /** Whether the whole of a text is like this. Only the last {@code %} is ever tried anew, so nothing multiplies. */
    boolean matches(String text) {
        int at = 0;
        int next = 0;
        int any = -1;
        int retry = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (next < codes.length && codes[next] == ANY) {
                any = next++;
                retry = at;
            } else if (next < codes.length && (codes[next] == ONE || codes[next] == point)) {
                next++;
                at += Character.charCount(point);
            } else if (any >= 0) {
                retry += Character.charCount(text.codePointAt(retry));
                at = retry;
                next = any + 1;
            } else {
                return false;
            }
        }
        while (next < codes.length && codes[next] == ANY) next++;
        return next == codes.length;
    }
}
