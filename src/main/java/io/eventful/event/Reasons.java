package io.eventful.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Short codes for why a change is not known completely. */
final class Reasons {

    /** The reason of a state from which {@code redact} removed something, and of a change that cannot be taken back for that. */
    static final String REDACTED = "redacted";

    /** Reasons of changes whose state is incomplete: derived from the request, or only partly in the reply. */
    private static final Set<String> PARTIAL = Set.of("request-derived", "partial-reply");

    private Reasons() {}

    /** Why a state that a change shows is incomplete; null if it is not. */
    static @Nullable String partial(Change change, Image state) {
        if (state.isRedacted()) return REDACTED;
        return change.reason() != null && PARTIAL.contains(change.reason()) ? change.reason() : null;
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
