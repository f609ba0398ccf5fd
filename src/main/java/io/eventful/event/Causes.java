package io.eventful.event;

import java.util.concurrent.CompletionException;

/** What made a future fail. */
public final class Causes {

    private Causes() {}

    /** The failure without the {@link CompletionException}s that dependent stages and {@code join} wrap it in. */
    public static Throwable of(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) cause = cause.getCause();
        return cause;
    }
}
