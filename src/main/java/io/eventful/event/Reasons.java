package io.eventful.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a change is not known completely, as a short code. */
final class Reasons {

    /** The reason of a change from which {@code redact} took something. */
    static final String REDACTED = "redacted";

    /** Reasons of changes whose state lacks members: taken out, set by the REST system alone, or not shown in its reply. */
    private static final Set<String> PARTIAL = Set.of(REDACTED, "request-derived", "partial-reply");

    private Reasons() {}

    /** Whether the state of a change with this reason lacks members. */
    static boolean isPartial(@Nullable String reason) {
        return reason != null && PARTIAL.contains(reason);
    }

    /** The change's own reason, else that of the image that is missing; null when all is known. */
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
