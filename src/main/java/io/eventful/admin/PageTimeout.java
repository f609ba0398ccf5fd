package io.eventful.admin;

import io.eventful.admin.ConsoleSession.Notice;
import io.eventful.event.Causes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.ErrorResponseException;

/**
 * Limits how long a console page waits for a slow operation, such as a call to the upstream. An operation that takes
 * longer continues, and its result is shown as a notice on the next page.
 */
final class PageTimeout {

    private static final Logger LOG = LoggerFactory.getLogger(PageTimeout.class);

    private final Duration longest;

    PageTimeout(Duration longest) {
        this.longest = longest;
    }

    /**
     * The result of the operation; empty if it takes longer than the limit. Then a notice says so, and a second notice
     * shows the result when it is known.
     *
     * @param meanwhile text of the first notice
     * @param done the second notice after success
     * @param failed the second notice after a failure, given its reason
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
                    .thenAccept(session::showLater);
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
        Throwable cause = Causes.of(failure);
        if (cause instanceof ErrorResponseException problem && problem.getBody().getDetail() != null)
            return problem.getBody().getDetail();
        LOG.error("console.failed", cause);
        return "see the log of the gateway (console.failed).";
    }
}
