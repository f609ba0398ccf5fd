package io.eventful.event;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The content of a notification, independent of its format.
 *
 * @param title short text for people
 * @param name type of the event
 * @param link URL of the item through the gateway
 * @param time time of the change
 * @param tags short labels
 */
record Notification(String title, String name, String link, String time, Map<String, String> tags) {

    static final String TITLE = "title";
    static final String TAGS = "tags";

    private static final String STANDARD_TITLE = "{resource} {id} {action}";
    private static final String STANDARD_TAGS = "resource={resource},action={action},id={id}";

    private static final String UNKNOWN_TAGS = STANDARD_TAGS + ",outcome={outcome}";

    /** Maximum length of a text; longer texts are cut. */
    private static final int MAX_TEXT = 200;

    private static final int MAX_TAGS = 8;

    /** Default maximum size of a notification in bytes (option {@value Rendering#LIMIT}). */
    private static final int MAX_BYTES = 2048;

    static Notification of(Change change, RenderContext context) {
        String standardTags = change.outcome() == Change.Outcome.UNKNOWN ? UNKNOWN_TAGS : STANDARD_TAGS;
        return new Notification(
                text(context.option(TITLE, STANDARD_TITLE), change),
                EventType.of(change),
                context.link(change),
                change.time().toString(),
                tags(context.option(TAGS, standardTags), change));
    }

    /** The notification; if it is too large, without its tags, and if it still is, with its type as title. */
    byte[] withinLimit(RenderContext context, Function<Notification, byte[]> form) {
        int limit = context.limit(MAX_BYTES);
        byte[] data = form.apply(this);
        if (data.length <= limit) return data;
        byte[] untagged = form.apply(new Notification(title, name, link, time, Map.of()));
        return untagged.length <= limit ? untagged : form.apply(new Notification(name, name, link, time, Map.of()));
    }

    /** The text of a template on one line, cut to the maximum length. */
    static String text(String template, Change change) {
        String text = TextTemplate.fill(template, change).strip().replaceAll("\\s+", " ");
        if (text.length() <= MAX_TEXT) return text;
        int end = Character.isHighSurrogate(text.charAt(MAX_TEXT - 2)) ? MAX_TEXT - 2 : MAX_TEXT - 1;
        return text.substring(0, end) + '…';
    }

    /** Fails with {@link IllegalArgumentException} if a tag of the option would not be in the notification. */
    static void checkTags(String option) {
        Set<String> names = new HashSet<>();
        for (String pair : option.split(",")) {
            if (pair.isBlank()) continue;
            String name = name(pair);
            if (name.isEmpty())
                throw new IllegalArgumentException("option tags has a tag without a name: \"" + pair + '"');
            if (!names.add(name)) throw new IllegalArgumentException("option tags has the tag \"" + name + "\" twice");
        }
        if (names.size() > MAX_TAGS)
            throw new IllegalArgumentException("option tags has " + names.size() + " tags; at most " + MAX_TAGS);
    }

    private static String name(String pair) {
        int equals = pair.indexOf('=');
        return (equals < 0 ? pair : pair.substring(0, equals)).strip();
    }

    /** Comma-separated {@code name=template} pairs; a tag without a value is left out. */
    private static Map<String, String> tags(String option, Change change) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String pair : option.split(",")) {
            int equals = pair.indexOf('=');
            String name = name(pair);
            String value = equals < 0 ? "true" : text(pair.substring(equals + 1), change);
            if (!name.isEmpty() && !value.isEmpty() && tags.size() < MAX_TAGS) tags.put(name, value);
        }
        return tags;
    }
}
