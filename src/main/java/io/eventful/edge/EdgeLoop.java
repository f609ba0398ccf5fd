package io.eventful.edge;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One event loop of the data port, with its own listener, client connections and upstream connections. */
final class EdgeLoop extends AbstractVerticle {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeLoop.class);

    /** Maximum size of a body part that is processed at once, in bytes. */
    static final int PIECE = 65_536;

    private final EdgeEngine engine;
    private final TimeoutWatch watch = new TimeoutWatch();
    private final Map<HttpConnection, ClientConnection> connections = new IdentityHashMap<>();
    private final Map<String, UpstreamClient> upstreams = new HashMap<>();
    private volatile @Nullable Thread thread;
    private @Nullable Context own;
    private @Nullable HttpServer server;
    private boolean draining;

    EdgeLoop(EdgeEngine engine) {
        this.engine = engine;
    }

    @Override
    public void start() {
        thread = Thread.currentThread();
        own = context;
    }

    /**
     * Creates the upstream clients and timers of this loop. Separate from {@link #start}, because Vert.x clients take
     * event loops in turn too, and every edge loop needs a loop of its own.
     */
    void initialise() {
        engine.upstreams()
                .upstreams()
                .forEach((name, settings) -> upstreams.put(
                        name,
                        new UpstreamClient(vertx, name, settings, engine.targets(name), limits(), engine.loopCount())));
        vertx.setPeriodic(TimeoutWatch.PERIOD_MILLIS, tick -> {
            watch.look();
            long now = System.nanoTime();
            for (ClientConnection connection : new ArrayList<>(connections.values())) connection.check(now);
        });
    }

    EdgeSettings.Limits limits() {
        return engine.settings().limits();
    }

    EdgeEngine engine() {
        return engine;
    }

    TimeoutWatch watch() {
        return watch;
    }

    @Nullable
    UpstreamClient upstream(String name) {
        return upstreams.get(name);
    }

    /** Runs an action on this loop, immediately if called on it. */
    void execute(Runnable action) {
        if (Thread.currentThread() == thread) action.run();
        else later(action);
    }

    /** Runs an action on this loop after the current event. */
    void later(Runnable action) {
        Context context = own;
        if (context == null) throw new IllegalStateException("The edge has not started");
        context.runOnContext(go -> action.run());
    }

    /** Runs an action on this loop after a while. */
    void after(long millis, Runnable action) {
        vertx.setTimer(millis, fired -> action.run());
    }

    boolean isDraining() {
        return draining;
    }

    /** Starts to listen; the port is the same for all loops. */
    CompletableFuture<Integer> listen(int port) {
        CompletableFuture<Integer> bound = new CompletableFuture<>();
        execute(() -> {
            draining = false;
            EdgeSettings.Limits limits = limits();
            HttpServerOptions options = ListenOptions.of(limits);
            engine.certificate().ifPresent(certificate -> certificate.configure(options, limits));
            HttpServer listening = vertx.createHttpServer(options)
                    .connectionHandler(this::connected)
                    .invalidRequestHandler(this::malformed)
                    .requestHandler(this::serve)
                    .exceptionHandler(
                            broken -> LOG.debug("edge.client-connection-broke reason=\"{}\"", broken.toString()));
            server = listening;
            listening
                    .listen(port, engine.settings().bind())
                    .onSuccess(done -> bound.complete(done.actualPort()))
                    .onFailure(bound::completeExceptionally);
        });
        return bound;
    }

    private void connected(HttpConnection connection) {
        ClientConnection client = new ClientConnection(this, connection);
        connection.closeHandler(closed -> client.closed());
        connection.exceptionHandler(
                broken -> LOG.debug("edge.client-connection-broke reason=\"{}\"", broken.toString()));
        connections.put(connection, client);
        if (VertxInternals.pass(connection, client::bytes).isOverLimit()) client.overloaded();
    }

    void connectionClosed(HttpConnection connection) {
        connections.remove(connection);
    }

    private void malformed(HttpServerRequest request) {
        refuse(request, EdgeAnswers.malformed(request.decoderResult().cause()));
    }

    private void refuse(HttpServerRequest request, Answer answer) {
        ClientConnection client = connections.get(request.connection());
        if (client == null || client.isClosing()) return;
        engine.metrics().request(EdgeMetrics.Kind.REFUSED, answer.status(), 0);
        EdgeAnswers.refuse(request, answer, client);
    }

    private void serve(HttpServerRequest request) {
        ClientConnection client = connections.get(request.connection());
        if (client == null || client.isClosing()) return;
        if (client.isOverloaded()) {
            refuse(request, EdgeAnswers.TOO_MANY);
            return;
        }
        switch (check(request, client)) {
            case Http1RequestValidator.Admission.Refused no -> refuse(request, EdgeAnswers.of(no));
            case Http1RequestValidator.Admission.Admitted admitted -> {
                client.begin();
                admit(request, admitted, client);
            }
        }
    }

    private Http1RequestValidator.Admission check(HttpServerRequest request, ClientConnection client) {
        if (!client.isMultiplexed()) return Http1RequestValidator.check(request);
        boolean atEnd =
                VertxInternals.isAtEnd(request.connection(), request.response().streamId());
        return Http2RequestValidator.check(
                request, limits(), atEnd ? Http1RequestValidator.Framing.NONE : Http1RequestValidator.Framing.CHUNKED);
    }

    private void admit(
            HttpServerRequest request, Http1RequestValidator.Admission.Admitted admitted, ClientConnection client) {
        RoutingTable.Served served = engine.routing().find(admitted.head());
        boolean bodiless = admitted.framing() == Http1RequestValidator.Framing.NONE;
        BodyStream body = bodiless
                ? BodyStream.none()
                : served == null ? BodyStream.of(request) : BodyStream.digested(request, engine.memory());
        ClientExchange inbound = new ClientExchange(
                request, admitted, body, client, served == null ? EdgeMetrics.Kind.PASSED : served.kind());
        try {
            if (served == null) passThrough(inbound);
            else served.handler().handle(new EdgeCall(this, inbound).watched());
        } catch (RuntimeException failure) {
            LOG.error("edge.call-failed method={}", admitted.head().method(), failure);
            inbound.failed();
        }
    }

    private void passThrough(ClientExchange inbound) {
        EdgeSettings.Route route =
                engine.upstreamRoutes().find(inbound.admitted().head());
        new PassThrough(this, inbound, inbound.admitted()).start(route.upstream(), route.stripped());
    }

    void callEnded(ClientConnection connection) {
        if (draining && connection.isIdle()) later(connection::close);
    }

    /** Stops accepting; completes when no call is running. */
    CompletableFuture<Void> drain() {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        execute(() -> {
            draining = true;
            for (ClientConnection connection : new ArrayList<>(connections.values())) {
                connection.drain();
            }
            whenIdle(drained);
        });
        return drained;
    }

    private void whenIdle(CompletableFuture<Void> drained) {
        boolean busy = connections.values().stream().anyMatch(connection -> !connection.isIdle());
        if (!busy) drained.complete(null);
        else vertx.setTimer(TimeoutWatch.PERIOD_MILLIS, again -> whenIdle(drained));
    }

    Future<Void> close() {
        HttpServer listening = server;
        return listening == null ? Future.succeededFuture() : listening.close();
    }
}
