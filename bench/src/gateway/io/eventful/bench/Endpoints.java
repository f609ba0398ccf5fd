package io.eventful.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/** Endpoints that are well, each on a port of its own, and on each a path that answers one byte a second. */
final class Endpoints implements AutoCloseable {

    private static final long SECOND = 1_000;

    private final Vertx vertx = Vertx.vertx();
    private final List<Integer> ports = new ArrayList<>();
    private final LongAdder arrived = new LongAdder();
    private volatile Arrivals arrivals = Arrivals.NONE;

    Endpoints(int count) {
        for (int i = 0; i < count; i++) {
            HttpServer server = vertx.createHttpServer()
                    .requestHandler(this::take)
                    .listen(0, "127.0.0.1")
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            ports.add(server.actualPort());
        }
    }

    private void take(HttpServerRequest request) {
        if (request.path().equals("/drip")) {
            drip(request);
            return;
        }
        String id = request.getHeader("ce-id");
        request.endHandler(end -> {
            arrivals.note(id);
            arrived.increment();
            request.response().setStatusCode(204).end();
        });
        request.resume();
    }

    /** A reply of which a byte comes each second. */
    private void drip(HttpServerRequest request) {
        request.response().setChunked(true).putHeader("Content-Type", "text/plain");
        long timer = vertx.setPeriodic(SECOND, tick -> request.response().write(Buffer.buffer("x")));
        request.connection().closeHandler(closed -> vertx.cancelTimer(timer));
    }

    URI uri(int number, String path) {
        return URI.create("http://127.0.0.1:" + ports.get(number) + path);
    }

    List<URI> first(int count) {
        return IntStream.range(0, count).mapToObj(i -> uri(i, "/hook")).toList();
    }

    /** Deliveries that came to those that are well. */
    long arrived() {
        return arrived.sum();
    }

    void note(Arrivals next) {
        arrivals = next;
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}
