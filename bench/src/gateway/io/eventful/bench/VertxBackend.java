package io.eventful.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicLong;

/** Stands in for nginx as a system that does no work. Arguments: port, file with the item. */
public final class VertxBackend extends AbstractVerticle {

    private final int port;
    private final Buffer item;
    private final AtomicLong served;

    private VertxBackend(int port, Buffer item, AtomicLong served) {
        this.port = port;
        this.item = item;
        this.served = served;
    }

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        Buffer item = vertx.fileSystem().readFileBlocking(args[1]);
        AtomicLong served = new AtomicLong();
        int port = Integer.parseInt(args[0]);
        vertx.deployVerticle(() -> new VertxBackend(port, item, served), new DeploymentOptions().setInstances(2));
    }

    @Override
    public void start() {
        vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
        long number = served.incrementAndGet();
        if (request.path().equals("/status")) {
            request.response().end("Active connections: 0\nserver accepts handled requests\n 0 0 " + number + "\n");
        } else if (request.path().startsWith("/sink")) {
            request.response().setStatusCode(204).end();
        } else if (request.method() == HttpMethod.POST) {
            request.response()
                    .setStatusCode(201)
                    .putHeader("Content-Type", "application/json")
                    .putHeader("Location", request.path() + "/" + number)
                    .end(item);
        } else {
            request.response().putHeader("Content-Type", "application/json").end(item);
        }
    }
}
