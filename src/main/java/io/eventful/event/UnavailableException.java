package io.eventful.event;

import org.jspecify.annotations.Nullable;

/**
 * A required system is unavailable, such as the broker or the store, for a while or until its operator has mended it. The processed message is not at fault:
 * the caller must wait and retry without a limit, and must not park or drop it.
 */
public class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Maximum depth of the search through causes. */
    private static final int DEPTH = 30;

    public UnavailableException(String message) {
        super(message);
    }

    public UnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** True if an error is such an exception or was caused by one. */
    public static boolean isCauseOf(Throwable error) {
        Throwable cause = error;
        for (int depth = 0; depth < DEPTH && cause != null; depth++, cause = cause.getCause())
            if (cause instanceof UnavailableException) return true;
        return false;
    }
}
