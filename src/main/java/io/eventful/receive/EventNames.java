package io.eventful.receive;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names of senders as parts of types and paths. */
final class EventNames {

    private static final int MAX_NAME = 128;
    private static final String UNRESERVED = "-._~";

    private EventNames() {}

    /**
     * The resource of a receipt: {@code <provider>.<event>} in lower case, with {@code _} for what cannot stand in a type;
     * the provider alone when the event has no name.
     */
    static String resource(String provider, String event) {
        String name = event.strip().toLowerCase(Locale.ROOT);
        if (name.isEmpty()) return provider;
        if (name.length() > MAX_NAME) name = name.substring(0, MAX_NAME);
        StringBuilder resource = new StringBuilder(provider.length() + name.length() + 1)
                .append(provider)
                .append('.');
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            resource.append(isPlain(c) || c == '/' || c == ':' ? c : '_');
        }
        return resource.toString();
    }

    /** A text as one segment of a path (RFC 3986, section 3.3). */
    static String segment(String text) {
        StringBuilder segment = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            if (isPlain(c)) segment.append(c);
            else segment.append(String.format(Locale.ROOT, "%%%02X", octet & 0xFF));
        }
        // A dot segment would name another path.
        return segment.toString().matches("\\.{1,2}") ? segment.toString().replace(".", "%2E") : segment.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || UNRESERVED.indexOf(c) >= 0;
    }
}
