package io.eventful.routes;

import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Problems;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** The consumer of one method of one path of the {@code rest:} DSL. */
final class EdgeRestConsumer extends DefaultConsumer implements ShutdownAware {

    private final String method;
    private final RestPath path;
    private final String produces;
    private final int bodyLimit;
    private final AtomicInteger pending = new AtomicInteger();
    private volatile CompletableFuture<Void> live = new CompletableFuture<>();

    EdgeRestConsumer(
            EdgeRestEndpoint endpoint,
            Processor processor,
            String method,
            RestPath path,
            String produces,
            int bodyLimit) {
        super(endpoint, processor);
        this.method = method;
        this.path = path;
        this.produces = produces;
        this.bodyLimit = bodyLimit;
    }

    String method() {
        return method;
    }

    RestPath path() {
        return path;
    }

    /** Serves a call when the route is running; empty if it was stopped and another generation has replaced it. */
    Optional<Answer> serve(RestCall call, Duration patience) {
        if (!comesAlive(patience)) return Optional.empty();
        // Counted before the state is checked: a stopping route either sees this call as pending, or this call sees it
        // stopping.
        pending.incrementAndGet();
        try {
            return isOpen() ? Optional.of(answer(call)) : Optional.empty();
        } finally {
            pending.decrementAndGet();
        }
    }

    /** Whether new calls are accepted. */
    boolean isOpen() {
        return live.isDone();
    }

    private boolean comesAlive(Duration patience) {
        try {
            live.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Answer answer(RestCall call) {
        Body body = call.body(bodyLimit);
        if (!(body instanceof Body.Whole(byte[] bytes)))
            return Problems.problem(
                    413,
                    "Content Too Large",
                    "The request body is larger than this endpoint allows; the limit is " + bodyLimit + " bytes.");
        Exchange exchange = createExchange(false);
        try {
            createUoW(exchange);
            RestMessages.fill(exchange.getMessage(), call.head(), path, bytes);
            Map<String, Object> request = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.putAll(exchange.getMessage().getHeaders());
            process(exchange);
            return RestMessages.answer(exchange, request, produces);
        } catch (Exception e) {
            throw new IllegalStateException("the route did not accept the request", e);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    private void process(Exchange exchange) {
        try {
            getProcessor().process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        live.complete(null);
    }

    @Override
    protected void doStop() throws Exception {
        turnAway();
        super.doStop();
    }

    /** Defers the shutdown until the pending calls are done, because stopping the consumer also stops the steps of its route. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        turnAway();
        return true;
    }

    /** Redirects new calls to the next generation. */
    private void turnAway() {
        live = new CompletableFuture<>();
    }

    @Override
    public int getPendingExchangesSize() {
        return pending.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing to prepare: pending calls are counted.
    }
}
