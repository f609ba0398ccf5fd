package io.eventful.config;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Text of others as people see it. Control characters could control their terminal, also the second set of them (C1, such as
 * U+009B); and those that override the direction of text would show it in another order than it is in.
 */
public final class VisibleText {

    private static final String DIRECTIONS = "\\u202A-\\u202E\\u2066-\\u2069";
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cc}" + DIRECTIONS + "]");
    private static final Pattern HIDDEN_IN_LINES = Pattern.compile("[\\p{Cc}" + DIRECTIONS + "&&[^\\t\\n]]");
    private static final Pattern LINE_BREAK = Pattern.compile("\\r\\n?");

    private VisibleText() {}

    /** As a line, or part of one. */
    public static String line(String text) {
        return HIDDEN.matcher(text).replaceAll("?");
    }

    /** As lines, which may be indented with tabs. */
    public static String lines(String text) {
        return HIDDEN_IN_LINES.matcher(text.replace("\r\n", "\n")).replaceAll("?");
    }

    /** As JSON of the same meaning: such characters stand in strings, where they can be escaped, or are white space. */
    public static String json(String text) {
        return HIDDEN_IN_LINES
                .matcher(LINE_BREAK.matcher(text).replaceAll("\n"))
                .replaceAll(VisibleText::escaped);
    }

    private static String escaped(MatchResult hidden) {
        return "\\\\u%04x".formatted((int) hidden.group().charAt(0));
    }
}
