package io.eventful.view;

import io.eventful.edge.Fields;
import java.util.Comparator;
import java.util.List;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Which representations a caller takes (RFC 9110 §12.5.1). */
final class Acceptance {

    private Acceptance() {}

    /** Whether a caller takes JSON, which is all that a view has: also who does not say what. */
    static boolean ofJson(Fields request) {
        String accepted = String.join(",", request.all("accept"));
        if (accepted.isBlank()) return true;
        try {
            List<MimeType> ranges = MimeTypeUtils.parseMimeTypes(accepted);
            // The most specific range decides: application/json;q=0 beside */* refuses it.
            return ranges.stream()
                    .filter(range -> range.includes(MimeTypeUtils.APPLICATION_JSON))
                    .min(Comparator.comparingInt(Acceptance::width))
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
