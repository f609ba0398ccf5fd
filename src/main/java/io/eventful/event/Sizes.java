package io.eventful.event;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses sizes in route files: {@code 2048}, {@code 64KB}, {@code 1MB}. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(B|KB|MB)?");
    private static final int LEAST = 256;

    private Sizes() {}

    /** The size in bytes; fails with {@link IllegalArgumentException} if it is malformed, too small or too large. */
    static int parse(String option, String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (size.matches()) {
            String unit = size.group(2) == null ? "B" : size.group(2);
            int shift = unit.equals("MB") ? 20 : unit.equals("KB") ? 10 : 0;
            long bytes = Long.parseLong(size.group(1)) << shift;
            if (bytes >= LEAST && bytes <= Integer.MAX_VALUE) return (int) bytes;
        }
        throw new IllegalArgumentException(
                "option " + option + " is \"" + text + "\"; use a size such as 64KB, at least " + LEAST + " bytes");
    }
}
