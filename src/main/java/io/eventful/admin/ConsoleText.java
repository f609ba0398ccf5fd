package io.eventful.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the console writes times, numbers and JSON. */
final class ConsoleText {

    /** Characters of a document that a page shows. */
    static final int LONGEST = 200_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final ObjectWriter JSON = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private ConsoleText() {}

    static String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    /** For people: with line breaks, and cut when it is too long for a page. */
    static String json(@Nullable JsonNode json) {
        if (json == null || json.isMissingNode()) return "";
        try {
            String text = JSON.writeValueAsString(json);
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "\n… the API has the rest";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    /** In one line, for a cell of a table. */
    static String value(JsonNode json) {
        if (json.isMissingNode()) return "";
        String text = json.toString();
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String millis(@Nullable Double millis) {
        return millis == null ? "–" : String.format(Locale.ROOT, "%.1f", millis);
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
