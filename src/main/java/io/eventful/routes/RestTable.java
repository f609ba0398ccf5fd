package io.eventful.routes;

import io.eventful.edge.Answer;
import io.eventful.edge.Call;
import io.eventful.edge.CallAbortedException;
import io.eventful.edge.Fields;
import io.eventful.edge.Handler;
import io.eventful.edge.Matcher;
import io.eventful.edge.Problems;
import io.eventful.edge.RequestHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Selects the {@code rest:} endpoint of a request. The endpoints of a new generation replace all previous ones atomically;
 * a request whose endpoint is not started (any more) waits for the current one, so a swap does not fail requests.
 */
final class RestTable implements Matcher {

    private static final Logger LOG = LoggerFactory.getLogger(RestTable.class);
    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Duration patience;
    private volatile List<EdgeRestConsumer> consumers = List.of();

    RestTable(Duration patience) {
        this.patience = patience;
    }

    /** Replaces the endpoints; the most specific path is matched first. */
    void install(List<EdgeRestConsumer> next) {
        consumers = next.stream()
                .sorted((left, right) -> left.path().compareTo(right.path()))
                .toList();
    }

    @Override
    public @Nullable Handler match(RequestHead head) {
        for (EdgeRestConsumer consumer : consumers)
            if (consumer.path().match(head.path()).isPresent())
                return call -> Thread.ofVirtual().name("rest").start(() -> serve(call));
        return null;
    }

    private void serve(Call call) {
        try {
            call.answer(answer(call)).toCompletableFuture().join();
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof CallAbortedException)) LOG.warn("rest.unanswered", e.getCause());
        }
    }

    private Answer answer(Call call) {
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            RestCall rest = new RestCall(call);
            do {
                // Looked up again each time, because the endpoint may be replaced while the call waits.
                Optional<EdgeRestConsumer> consumer = find(call.head());
                if (consumer.isEmpty()) return notAllowed(call.head());
                Optional<Answer> answer = consumer.get().serve(rest, GLANCE);
                if (answer.isPresent()) return answer.get();
            } while (System.nanoTime() < deadline);
            return Problems.problem(
                    503, "Service Unavailable", "The route of this endpoint is being replaced. Try again.");
        } catch (CompletionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "rest.failed method={} path={}",
                    call.head().method(),
                    call.head().path(),
                    e);
            return Problems.problem(
                    500,
                    "Internal Server Error",
                    "The route of this endpoint failed. The log of the gateway contains the cause (rest.failed).");
        }
    }

    /** The endpoint of the path and method of a request. */
    Optional<EdgeRestConsumer> find(RequestHead head) {
        Optional<EdgeRestConsumer> own = find(head.path(), head.method());
        return own.isEmpty() && head.method().equals("HEAD") ? find(head.path(), "GET") : own;
    }

    private Optional<EdgeRestConsumer> find(String path, String method) {
        return consumers.stream()
                .filter(consumer -> consumer.method().equals(method)
                        && consumer.path().match(path).isPresent())
                .findFirst();
    }

    private Answer notAllowed(RequestHead head) {
        TreeSet<String> methods = new TreeSet<>(List.of("OPTIONS"));
        for (EdgeRestConsumer consumer : consumers)
            if (consumer.path().match(head.path()).isPresent()) methods.add(consumer.method());
        if (methods.contains("GET")) methods.add("HEAD");
        String allow = String.join(", ", methods);
        if (head.method().equals("OPTIONS"))
            return new Answer(204, new Fields(List.of(new Fields.Field("Allow", allow))), new byte[0]);
        Answer problem = Problems.problem(405, "Method Not Allowed", "This endpoint supports only " + allow + ".");
        return new Answer(problem.status(), problem.fields().and("Allow", allow), problem.body());
    }
}
