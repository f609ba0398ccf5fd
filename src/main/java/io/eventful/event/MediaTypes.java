package io.eventful.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a media type says about how data is written in a structured event. */
final class MediaTypes {

    /** Of events in structured mode. */
    static final String JSON = "application/json";

    private MediaTypes() {}

    /** JSON by the CloudEvents JSON format, section 3.1: a JSON subtype, a +json suffix, or nothing said at all. */
    static boolean json(@Nullable String mediaType) {
        if (mediaType == null || mediaType.equals(JSON)) return true;
        String essence = essence(mediaType);
        return essence.endsWith("/json") || essence.endsWith("+json");
    }

    /** Text that may stand in a JSON string. */
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
