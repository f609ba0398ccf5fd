package io.eventful.event;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Text with placeholders such as {@code {resource} {id} {action}}. There is no placeholder for the content of the item, so
 * it cannot leak into a text.
 */
final class TextTemplate {

    private static final List<String> NAMES =
            List.of("resource", "id", "action", "type", "subject", "source", "revision", "position", "time", "outcome");

    private TextTemplate() {}

    static String fill(String template, Change change) {
        int open = template.indexOf('{');
        if (open < 0) return template;
        StringBuilder text = new StringBuilder(template.length() + 32);
        int done = 0;
        for (; open >= 0; open = template.indexOf('{', done)) {
            int close = template.indexOf('}', open);
            if (close < 0) break;
            // A brace before that is plain text.
            int begin = template.lastIndexOf('{', close);
            text.append(template, done, begin);
            String name = template.substring(begin + 1, close);
            text.append(value(name, change).orElse(template.substring(begin, close + 1)));
            done = close + 1;
        }
        return text.append(template, done, template.length()).toString();
    }

    /** Fails with {@link IllegalArgumentException} for a placeholder that does not exist. */
    static void check(String option, String template) {
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', open + 1)) {
            int close = template.indexOf('}', open);
            String name = close < 0 ? template.substring(open) : template.substring(open + 1, close);
            if (close < 0 || !NAMES.contains(name))
                throw new IllegalArgumentException(
                        "option " + option + " has no placeholder {" + name + "}; the placeholders are " + NAMES);
        }
    }

    /** The id of the item: the decoded last segment of its path; empty for an item that nobody has named. */
    static String id(Change change) {
        String subject = change.item().subject();
        if (Unnamed.is(change)) return "";
        String segment = subject.substring(subject.lastIndexOf('/') + 1);
        if (segment.indexOf('%') < 0) return segment;
        try {
            return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurPath) {
            return segment;
        }
    }

    private static Optional<String> value(String name, Change change) {
        return Optional.ofNullable(
                switch (name) {
                    case "resource" -> change.resource();
                    case "id" -> id(change);
                    case "action" -> change.action();
                    case "type" -> EventType.of(change);
                    case "subject" -> change.item().subject();
                    case "source" -> change.item().source();
                    case "revision" -> Long.toString(change.revision());
                    case "position" -> Long.toString(change.position());
                    case "time" -> change.time().toString();
                    case "outcome" -> ChangeJson.word(change.outcome());
                    default -> null;
                });
    }
}
