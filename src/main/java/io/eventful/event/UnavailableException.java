package io.eventful.event;

import org.jspecify.annotations.Nullable;

/**
 * What is needed is not there now: a broker that cannot be reached, a store that takes no data. Nobody's fault, and no
 * fault of what was being done: whoever meets it waits and tries again, however long that takes.
 */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Causes that are looked through; wrappers of wrappers end somewhere. */
    private static final int DEPTH = 30;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** True when an error is one of these, or was caused by one, whoever has wrapped it. */
    public static boolean isCauseOf(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; depth < DEPTH && cause != null; depth++, cause = cause.getCause())
            if (cause instanceof UnavailableException) return true;
        return false;
    }
}
