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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** One method of one path. */
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

    /** Serves a call once the route runs; empty when it stopped meanwhile and another set of routes has taken over. */
    Optional<Answer> serve(RestCall call, Duration patience) {
        if (!comesAlive(patience)) return Optional.empty();
        // Counted before asked: a route that stops either sees this call as pending or is seen to be stopping.
        pending.incrementAndGet();
        try {
            return running() ? answer(call) : Optional.empty();
        } finally {
            pending.decrementAndGet();
        }
    }

    private boolean running() {
        return isRunAllowed() && live.isDone();
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

    private Optional<Answer> answer(RestCall call) {
        Body body = call.body(bodyLimit);
        if (!(body instanceof Body.Whole(byte[] bytes)))
            return Optional.of(Problems.problem(
                    413, "Content Too Large", "This endpoint takes bodies of at most " + bodyLimit + " bytes."));
        Exchange exchange = createExchange(false);
        try {
            createUoW(exchange);
            RestMessages.fill(exchange.getMessage(), call.head(), path, bytes);
            Map<String, Object> request = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            request.putAll(exchange.getMessage().getHeaders());
            process(exchange);
            if (turnedAway(exchange)) return Optional.empty();
            return Optional.of(RestMessages.answer(exchange, request, produces));
        } catch (Exception e) {
            throw new IllegalStateException("the route did not take the request", e);
        } finally {
            doneUoW(exchange);
            releaseExchange(exchange, false);
        }
    }

    /** The route stopped just before its first step: nothing was done, so the next set of routes may do it. */
    private boolean turnedAway(Exchange exchange) {
        return exchange.getException() instanceof RejectedExecutionException
                && exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT) == null
                && !running();
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
        live = new CompletableFuture<>();
        super.doStop();
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public int getPendingExchangesSize() {
        return pending.get();
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing is held back: pending calls are counted, and new ones go to the next set of routes.
    }
}
