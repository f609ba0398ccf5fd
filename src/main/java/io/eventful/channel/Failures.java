package io.eventful.channel;

import io.eventful.event.Causes;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** Failures: passed on, and as text that is safe to log and to put on a dead letter. */
final class Failures {

    private static final int MAX = 500;
    private static final int DEPTH = 5;
    private static final List<String> OWN = List.of("io.eventful.", "java.", "javax.net.ssl.", "sun.security.");

    private Failures() {}

    /**
     * The classes of a failure and its causes. Messages are kept of the gateway's own and the JDK's exceptions, and of
     * brokers' about connections and rights, since others quote the body they failed on.
     */
    static String reason(Throwable failure) {
        StringBuilder text = new StringBuilder();
        @Nullable Throwable at = Causes.of(failure);
        for (int i = 0; i < DEPTH && at != null; i++, at = at.getCause()) {
            if (i > 0) text.append(" < ");
            text.append(at.getClass().getSimpleName());
            if (at.getMessage() != null && quotesNothing(at)) text.append(": ").append(at.getMessage());
        }
        for (int i = 0; i < text.length(); i++)
            if (text.charAt(i) < ' ' || text.charAt(i) == '"') text.setCharAt(i, ' ');
        return text.length() <= MAX ? text.toString() : text.substring(0, MAX);
    }

    private static boolean quotesNothing(Throwable failure) {
        String name = failure.getClass().getName();
        return OWN.stream().anyMatch(name::startsWith)
                || failure instanceof ActiveMQException
                || failure instanceof AuthenticationException
                || failure instanceof AuthorizationException;
    }

    /** Completes a future as another one was completed. */
    static void settle(CompletableFuture<Void> future, @Nullable Throwable failure) {
        if (failure == null) future.complete(null);
        else future.completeExceptionally(Causes.of(failure));
    }
}
