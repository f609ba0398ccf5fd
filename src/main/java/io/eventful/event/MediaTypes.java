package io.eventful.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How data of a media type is represented in structured mode. */
final class MediaTypes {

    /** Media type of JSON. */
    static final String JSON = "application/json";

    private MediaTypes() {}

    /** Whether the CloudEvents JSON format (section 3.1) treats it as JSON: a JSON subtype, a +json suffix, or absent. */
    static boolean json(@Nullable String mediaType) {
        if (mediaType == null || mediaType.equals(JSON)) return true;
        String essence = essence(mediaType);
        return essence.endsWith("/json") || essence.endsWith("+json");
    }

    /** Whether it is text, which can be written as a JSON string. */
    static boolean text(@Nullable String mediaType) {
        if (mediaType == null) return false;
        String essence = essence(mediaType);
        return essence.startsWith("text/") || essence.endsWith("/xml") || essence.endsWith("+xml");
    }

    private static String essence(String mediaType) {
        int end = mediaType.indexOf(';');
        return (end < 0 ? mediaType : mediaType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
