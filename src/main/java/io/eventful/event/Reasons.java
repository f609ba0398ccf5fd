package io.eventful.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short codes for why a change is not known completely. */
final class Reasons {

    /** The reason of a change from which {@code redact} removed something. */
    static final String REDACTED = "redacted";

    /** Reasons of changes whose state is incomplete: redacted, derived from the request, or only partly in the reply. */
    private static final Set<String> PARTIAL = Set.of(REDACTED, "request-derived", "partial-reply");

    private Reasons() {}

    /** Whether the state of a change with this reason is incomplete. */
    static boolean isPartial(@Nullable String reason) {
        return reason != null && PARTIAL.contains(reason);
    }

    /** The reason of the change, or else that of its missing image; null if everything is known. */
    static @Nullable String of(Change change) {
        if (change.reason() != null) return change.reason();
        String after = of(change.after());
        return after == null ? of(change.before()) : after;
    }

    static @Nullable String of(Image image) {
        return switch (image) {
            case Image.Known known -> null;
            case Image.Absent absent -> null;
            case Image.Digested digested -> digested.reason();
            case Image.Unknown unknown -> unknown.reason();
        };
    }
}
