package io.eventful.edge;

import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandler;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.VertxBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops and their shared state. Upstreams can be called as soon as it has started, before the port is open. */
final class EdgeEngine {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeEngine.class);

    /** Maximum wait for event loops to start, bind or stop. */
    private static final Duration STEP = Duration.ofSeconds(10);

    private final EdgeSettings settings;
    private final UpstreamSettings upstreams;
    private final Map<String, List<UpstreamTarget>> targets = new HashMap<>();
    private final RoutingTable routing;
    private final EdgeMetrics metrics;
    private final UpstreamRoutes upstreamRoutes;
    private final Forwarding forwarding;
    private final Memory memory;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger turn = new AtomicInteger();
    private final List<EdgeLoop> loops = new ArrayList<>();
    private final Vertx vertx;
    private volatile @Nullable ConnectionAcceptor reception;
    private @Nullable Certificate certificate;

    EdgeEngine(EdgeSettings settings, UpstreamSettings upstreams, RoutingTable routing, MeterRegistry registry) {
        this.settings = settings;
        this.upstreams = upstreams;
        upstreams.upstreams().forEach((name, upstream) -> targets.put(name, UpstreamTarget.of(upstream)));
        this.routing = routing;
        this.metrics = new EdgeMetrics(registry);
        metrics.connections(connections::get);
        upstreams.upstreams().keySet().forEach(metrics::upstream);
        this.upstreamRoutes = new UpstreamRoutes(settings.routes(), upstreams);
        this.forwarding = Forwarding.of(settings);
        this.memory = new Memory(settings.limits().memory().toBytes());
        metrics.memory(memory::used);
        this.vertx = new VertxBuilder(new VertxOptions()
                        .setEventLoopPoolSize(loopCount())
                        .setBlockedThreadCheckInterval(
                                settings.limits().loopBlocked().toMillis())
                        .setMaxEventLoopExecuteTime(
                                settings.limits().loopBlocked().toNanos())
                        .setWarningExceptionTime(settings.limits().loopBlocked().toNanos())
                        .setFileSystemOptions(new FileSystemOptions()
                                .setFileCachingEnabled(false)
                                .setClassPathResolvingEnabled(false)))
                .findTransport(new EdgeTransport(this::reception))
                .init()
                .vertx();
    }

    private ChannelHandler reception() {
        ConnectionAcceptor made = new ConnectionAcceptor(settings, connections);
        reception = made;
        return made;
    }

    /** Starts the loops. */
    void start() {
        upstreams.upstreams().forEach((name, upstream) -> UpstreamFiles.check(name, upstream.tls()));
        List<Future<String>> started = new ArrayList<>();
        for (int i = 0; i < loopCount(); i++) {
            EdgeLoop loop = new EdgeLoop(this);
            loops.add(loop);
            started.add(vertx.deployVerticle(loop, new DeploymentOptions()));
        }
        await(Future.all(started).toCompletionStage());
        CompletableFuture<?>[] created = loops.stream()
                .map(loop -> CompletableFuture.runAsync(loop::initialise, loop::execute))
                .toArray(CompletableFuture[]::new);
        await(CompletableFuture.allOf(created));
    }

    /**
     * Opens the port.
     *
     * @return the actual port
     * @throws IllegalStateException when it is taken or may not be opened, with the remedy
     */
    int listen() {
        // In Vert.x, a negative number means one free port shared by all loops.
        int wanted = settings.port() == 0 ? -1 : settings.port();
        int port = settings.port();
        if (settings.tls().isOn()) watch(new Certificate(settings.tls(), vertx));
        try {
            for (EdgeLoop loop : loops) port = await(loop.listen(wanted));
        } catch (CompletionException failure) {
            if (!(failure.getCause() instanceof IOException)) throw failure;
            throw new PortTakenException(settings.bind(), settings.port(), failure.getCause());
        }
        return port;
    }

    private void watch(Certificate files) {
        certificate = files;
        vertx.setPeriodic(
                Certificate.PERIOD_MILLIS,
                tick -> vertx.executeBlocking(() -> {
                    files.look();
                    return true;
                }));
    }

    Optional<Certificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** Keeps serving for {@code eventful.edge.limits.grace}, so that load balancers notice that the gateway is not ready any more. */
    void grace() {
        Duration grace = settings.limits().grace();
        if (grace.isZero()) return;
        LOG.info("edge.closing grace={}", grace);
        CountDownLatch over = new CountDownLatch(1);
        vertx.setTimer(Math.max(1, grace.toMillis()), timer -> over.countDown());
        try {
            over.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops accepting, waits up to {@code eventful.edge.limits.drain} for running calls, then closes. */
    void drain() {
        ConnectionAcceptor open = reception;
        if (open != null) open.close();
        List<CompletableFuture<Void>> drained =
                loops.stream().map(EdgeLoop::drain).toList();
        try {
            CompletableFuture.allOf(drained.toArray(CompletableFuture[]::new))
                    .get(settings.limits().drain().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warn("edge.drain-timed-out drain={}", settings.limits().drain());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failure) {
            LOG.warn("edge.drain-failed", failure.getCause());
        }
        for (EdgeLoop loop : loops) await(loop.close().toCompletionStage());
    }

    /** Ends the loops. */
    void stop() {
        await(vertx.close().toCompletionStage());
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(STEP.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    int loopCount() {
        int wanted = settings.limits().eventLoops();
        return wanted > 0 ? wanted : Runtime.getRuntime().availableProcessors();
    }

    /** The next loop, round-robin, for the gateway's own calls. */
    EdgeLoop next() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    EdgeSettings settings() {
        return settings;
    }

    UpstreamSettings upstreams() {
        return upstreams;
    }

    /** The targets of an upstream that is configured. */
    List<UpstreamTarget> targets(String upstream) {
        return targets.getOrDefault(upstream, List.of());
    }

    RoutingTable routing() {
        return routing;
    }

    EdgeMetrics metrics() {
        return metrics;
    }

    UpstreamRoutes upstreamRoutes() {
        return upstreamRoutes;
    }

    Forwarding forwarding() {
        return forwarding;
    }

    Memory memory() {
        return memory;
    }

    int connections() {
        return connections.get();
    }
}
