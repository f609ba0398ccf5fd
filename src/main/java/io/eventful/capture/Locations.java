package io.eventful.capture;

import io.eventful.event.Subjects;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Paths that replies name. */
final class Locations {

    private Locations() {}

    /**
     * The raw path of a {@code Location} or {@code Content-Location}, resolved against the request's target (RFC 3986
     * §5.2). Its authority is not looked at: a system behind a gateway may not know the name it is called by.
     */
    static Optional<String> path(String reference, String target) {
        String text = utf8(reference.strip());
        int end = 0;
        while (end < text.length() && text.charAt(end) != '?' && text.charAt(end) != '#') end++;
        String path = text.substring(0, end);
        if (path.isEmpty()) return Optional.empty();
        if (path.startsWith("//")) return afterAuthority(path, 2);
        if (path.startsWith("/")) return Optional.of(Subjects.withoutDotSegments(path));
        int colon = path.indexOf(':');
        int slash = path.indexOf('/');
        if (colon > 0 && (slash < 0 || colon < slash))
            return path.startsWith("//", colon + 1) ? afterAuthority(path, colon + 3) : Optional.empty();
        String base = CapturePlan.rawPath(target);
        return Optional.of(Subjects.withoutDotSegments(base.substring(0, base.lastIndexOf('/') + 1) + path));
    }

    /** A field has one character for each byte; what is not escaped in it is UTF-8, as in targets of requests. */
    private static String utf8(String field) {
        if (field.chars().allMatch(c -> c < 0x80)) return field;
        byte[] bytes = field.getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : field;
    }

    private static Optional<String> afterAuthority(String path, int start) {
        int slash = path.indexOf('/', start);
        return slash < 0 ? Optional.empty() : Optional.of(Subjects.withoutDotSegments(path.substring(slash)));
    }
}
