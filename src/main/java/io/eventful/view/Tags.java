package io.eventful.view;

import java.util.List;

/** Entity tags (RFC 9110 §8.8.3). */
final class Tags {

    private Tags() {}

    /** True if {@code If-None-Match} contains the tag; weak comparison (RFC 9110 §13.1.2). */
    static boolean match(List<String> fields, String tag) {
        String own = opaque(tag);
        for (String field : fields) {
            if (field.strip().equals("*")) return true;
            int at = 0;
            while (at < field.length()) {
                int open = field.indexOf('"', at);
                int close = open < 0 ? -1 : field.indexOf('"', open + 1);
                if (close < 0) break;
                if (field.substring(open, close + 1).equals(own)) return true;
                at = close + 1;
            }
        }
        return false;
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
