package io.eventful.admin;

import io.eventful.admin.ConsoleSession.Notice;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;

/**
 * How long a page waits for a call that it made to somebody else. What takes longer goes on, and its outcome is told on
 * the next page after it is known.
 */
final class Patience {

    private static final Logger LOG = LoggerFactory.getLogger(Patience.class);

    private final Duration longest;

    Patience(Duration longest) {
        this.longest = longest;
    }

    /**
     * The result of the work; empty when it takes longer, which a notice in the session says.
     *
     *
     * @param meanwhile is told then
     * @param done what is told in the end
     * @param failed what is told in the end, given why
     */
    <T> Optional<T> await(
            CompletionStage<T> work,
            ConsoleSession session,
            String meanwhile,
            Function<T, Notice> done,
            Function<String, Notice> failed) {
        CompletableFuture<T> result = work.toCompletableFuture();
        try {
            return Optional.of(result.get(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            session.waiting(meanwhile);
            var unused = result.handle(
                            (value, failure) -> failure == null ? done.apply(value) : failed.apply(why(failure)))
                    .thenAccept(session::late);
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) throw cause;
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the gateway is stopping", e);
        }
    }

    private static String why(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof ErrorResponseException problem && problem.getBody().getDetail() != null)
            return problem.getBody().getDetail();
        LOG.error("console.failed", cause);
        return "the gateway's log says why.";
    }
}
