package io.eventful.view;

import io.eventful.edge.Fields;
import java.util.Comparator;
import java.util.List;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Evaluates the Accept header (RFC 9110 §12.5.1). */
final class AcceptHeader {

    private AcceptHeader() {}

    /** Whether a client accepts JSON, the only representation of a view; true without an Accept header. */
    static boolean ofJson(Fields request) {
        String accepted = String.join(",", request.all("accept"));
        if (accepted.isBlank()) return true;
        try {
            List<MimeType> ranges = MimeTypeUtils.parseMimeTypes(accepted);
            // The most specific media range decides: application/json;q=0 with */* excludes JSON.
            return ranges.stream()
                    .filter(range -> range.includes(MimeTypeUtils.APPLICATION_JSON))
                    .min(Comparator.comparingInt(AcceptHeader::width))
                    .filter(range -> !isRefused(range))
                    .isPresent();
        } catch (InvalidMimeTypeException unreadable) {
            return false;
        }
    }

    private static int width(MimeType range) {
        return range.isWildcardType() ? 2 : range.isWildcardSubtype() ? 1 : 0;
    }

    private static boolean isRefused(MimeType range) {
        String weight = range.getParameter("q");
        return weight != null && weight.strip().matches("0(\\.0{0,3})?");
    }
}
