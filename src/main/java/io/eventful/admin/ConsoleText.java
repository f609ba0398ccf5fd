package io.eventful.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.eventful.config.VisibleText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Formats times, numbers and JSON for the pages of the console. JSON is shown as it is stored: what would reverse a value on
 * its page is escaped.
 */
final class ConsoleText {

    /** Maximum number of characters of a document on a page. */
    static final int LONGEST = 200_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final ObjectWriter JSON = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private ConsoleText() {}

    static String time(@Nullable Instant time) {
        return time == null ? "" : TIME.format(time);
    }

    /** Pretty-printed JSON, cut at {@link #LONGEST} characters. */
    static String json(@Nullable JsonNode json) {
        if (json == null || json.isMissingNode()) return "";
        try {
            String text = JSON.writeValueAsString(json);
            return text.length() <= LONGEST
                    ? VisibleText.json(text)
                    : VisibleText.json(text.substring(0, LONGEST))
                            + "\n… shortened; the API returns the whole document";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can be written", e);
        }
    }

    /** Compact JSON for a table cell, cut at 300 characters. */
    static String value(JsonNode json) {
        if (json.isMissingNode()) return "";
        String text = json.toString();
        return text.length() <= 300 ? VisibleText.json(text) : VisibleText.json(text.substring(0, 300)) + "…";
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
