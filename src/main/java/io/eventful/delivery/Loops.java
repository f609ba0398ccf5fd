package io.eventful.delivery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The event loops of a client. All requests to one host run on one of them, so that they share its connections. */
final class Loops {

    private static final int MOST_HOSTS = 100_000;

    private final List<Context> loops = new CopyOnWriteArrayList<>();
    private final AtomicInteger hosts = new AtomicInteger();

    /** A host is forgotten long after its last connection was closed, and never so many are connected to at once. */
    private final Cache<String, Context> places = Caffeine.newBuilder()
            .maximumSize(MOST_HOSTS)
            .expireAfterAccess(Duration.ofMinutes(10))
            .executor(Runnable::run)
            .build();

    Loops(Vertx vertx, int count) {
        vertx.deployVerticle(Loop::new, new DeploymentOptions().setInstances(count))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    /** The loop of an authority; new ones get loops in turn, since a hash would give one loop most of a few. */
    Context of(String authority) {
        return places.get(authority, unknown -> loops.get(Math.floorMod(hosts.getAndIncrement(), loops.size())));
    }

    private final class Loop extends AbstractVerticle {
        @Override
        public void start() {
            loops.add(context);
        }
    }
}
