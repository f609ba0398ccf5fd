package io.eventful.edge;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The data port with a handler that a test writes, before a system that it may script. */
abstract class EdgeCallFixture extends EdgeFixture {

    @Override
    Edge edge(int system) throws IOException {
        return new Edge(system);
    }

    /** What a test does with a call, on a virtual thread. */
    interface Doing {
        void with(Call call) throws Exception;
    }

    CompletableFuture<Void> serve(Doing doing) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        edge.routing()
                .install(
                        Routing.Layer.CAPTURE,
                        head -> call -> Thread.ofVirtual().start(() -> {
                            try {
                                doing.with(call);
                                done.complete(null);
                            } catch (Throwable failure) {
                                done.completeExceptionally(failure);
                            }
                        }));
        return done;
    }

    static <T> T join(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
