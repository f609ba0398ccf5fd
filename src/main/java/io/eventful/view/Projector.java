package io.eventful.view;

import io.eventful.event.Causes;
import io.eventful.event.Event;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.UnavailableException;
import io.eventful.ledger.History;
import io.eventful.ledger.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Projects events into a view: queued events are written in one transaction and acknowledged when it is durable. */
final class Projector {

    private final View view;
    private final History history;
    private final Resolver resolver;
    private final Executor threads;
    private final LongConsumer done;
    private final int batch;
    private final BlockingQueue<Waiting> queue;
    private final AtomicBoolean busy = new AtomicBoolean();

    /** A queued event. */
    private record Waiting(Event event, CompletableFuture<Void> written) {}

    /** @param done receives the position of each projected change */
    Projector(View view, History history, Executor threads, ViewSettings settings, LongConsumer done) {
        this.view = view;
        this.history = history;
        this.resolver = new Resolver(history);
        this.threads = threads;
        this.done = done;
        this.batch = settings.batch();
        this.queue = new ArrayBlockingQueue<>(settings.queue());
    }

    /**
     * Projects an event; completes when that is durable. Fails with {@link IllegalArgumentException} for an event that
     * cannot be projected, and with {@link UnavailableException} if it should be retried.
     */
    CompletionStage<Void> project(Event event) {
        Waiting waiting = new Waiting(event, new CompletableFuture<>());
        if (!queue.offer(waiting))
            return CompletableFuture.failedFuture(new UnavailableException(
                    "view " + view.name() + " has too many events waiting (eventful.view.queue)"));
        start();
        return waiting.written();
    }

    private void start() {
        if (busy.compareAndSet(false, true)) threads.execute(this::run);
    }

    private void run() {
        try {
            List<Waiting> taken = new ArrayList<>(batch);
            while (queue.drainTo(taken, batch) > 0) {
                write(taken);
                taken.clear();
            }
        } finally {
            busy.set(false);
            if (!queue.isEmpty()) start();
        }
    }

    private void write(List<Waiting> taken) {
        List<Projected> rows = new ArrayList<>(taken.size());
        List<Waiting> pending = new ArrayList<>(taken.size());
        @Nullable Throwable failure = null;
        try {
            Map<Long, Origin> origins = origins(taken);
            Map<Item, Resolver.Before> ahead = new HashMap<>();
            for (Waiting waiting : taken) resolve(waiting, origins, ahead, rows, pending);
            if (!rows.isEmpty()) view.store().write(view.written(), rows).join();
        } catch (RuntimeException e) {
            failure = Causes.of(e);
        }
        for (Waiting waiting : pending) {
            if (failure != null) waiting.written().completeExceptionally(failure);
            else {
                if (waiting.event().position() > 0) done.accept(waiting.event().position());
                waiting.written().complete(null);
            }
        }
        if (failure != null) // also those that were not processed any more
        for (Waiting waiting : taken) waiting.written().completeExceptionally(failure);
        else view.signal();
    }

    private Map<Long, Origin> origins(List<Waiting> taken) {
        Set<Long> positions = taken.stream()
                .map(waiting -> waiting.event().position())
                .filter(position -> position > 0)
                .collect(Collectors.toSet());
        return history.origins(positions);
    }

    private void resolve(
            Waiting waiting,
            Map<Long, Origin> origins,
            Map<Item, Resolver.Before> ahead,
            List<Projected> rows,
            List<Waiting> pending) {
        Event event = waiting.event();
        try {
            Optional<Projected> row =
                    resolver.resolve(event, origins.get(event.position()), item -> before(item, ahead));
            row.ifPresent(projected -> {
                rows.add(projected);
                Resolver.Before last = ahead.get(projected.item());
                if (last == null || last.revision() < projected.revision())
                    ahead.put(
                            projected.item(),
                            new Resolver.Before(projected.revision(), projected.kind(), projected.state()));
            });
            pending.add(waiting);
        } catch (IllegalArgumentException e) {
            waiting.written().completeExceptionally(e);
        }
    }

    private Optional<Resolver.Before> before(Item item, Map<Item, Resolver.Before> ahead) {
        Resolver.Before known = ahead.get(item);
        if (known != null) return Optional.of(known);
        return view.find(item)
                .map(row -> new Resolver.Before(
                        row.revision(), row.kind(), row.state() == null ? null : Json.parse(row.state())));
    }
}
