package io.eventful.admin;

import io.eventful.event.EventJson;
import io.eventful.event.Json;
import io.eventful.event.Publication;
import io.eventful.event.Publications;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One live tail: streams publications to one client. A client that is too slow misses events and is told how many; it
 * never slows down publishing.
 */
final class Tail {

    /** Start with the next publication. */
    static final long NOW = -1;

    private static final Logger log = LoggerFactory.getLogger(Tail.class);
    private static final int WAITING = 1024;
    private static final int PAGE = 256;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
    private static final long NO_TIMEOUT = 0;

    private final Publications publications;
    private final @Nullable String channel;
    private final @Nullable String type;
    private final long from;
    private final BooleanSupplier allowed;
    private final SseEmitter emitter = new SseEmitter(NO_TIMEOUT);
    private final TailQueue waiting;
    private volatile @Nullable Thread thread;

    /** @param allowed whether the client may still read; checked before each message and on each keep-alive */
    Tail(
            Publications publications,
            @Nullable String channel,
            @Nullable String type,
            long from,
            BooleanSupplier allowed) {
        this.publications = publications;
        this.channel = channel;
        this.type = type;
        this.from = from;
        this.allowed = allowed;
        this.waiting = new TailQueue(from, WAITING);
    }

    SseEmitter emitter() {
        return emitter;
    }

    void start(Runnable ended) {
        AutoCloseable handle = publications.listen(this::published);
        emitter.onCompletion(this::close);
        emitter.onError(e -> close());
        thread = Thread.ofVirtual().name("tail").start(() -> {
            try (handle) {
                run();
            } catch (InterruptedException | IOException | IllegalStateException e) {
                log.debug("admin.tail-ended reason={}", e.getClass().getSimpleName());
            } catch (Exception e) {
                log.warn("admin.tail-failed reason={}", e.getClass().getSimpleName());
            } finally {
                ended.run();
                complete();
            }
        });
    }

    private void complete() {
        try {
            emitter.complete();
        } catch (IllegalStateException e) {
            // The server noticed the disconnect first and has already completed the request.
            log.debug("admin.tail-ended reason={}", e.getClass().getSimpleName());
        }
    }

    void close() {
        Thread running = thread;
        if (running != null) running.interrupt();
    }

    private void published(Publication publication) {
        if (wanted(publication)) waiting.add(publication);
    }

    private boolean wanted(Publication publication) {
        return (channel == null || channel.equals(publication.channel()))
                && (type == null || type.equals(publication.event().type()));
    }

    private void run() throws IOException, InterruptedException {
        // Sends the response header immediately, so that the client knows that it is connected.
        emitter.send(SseEmitter.event().comment("tail"));
        if (from != NOW && !catchUp()) return;
        while (!Thread.currentThread().isInterrupted()) {
            Publication publication = waiting.poll(KEEP_ALIVE);
            if (!allowed.getAsBoolean()) return;
            long gone = waiting.takeLost();
            if (gone > 0) emitter.send(SseEmitter.event().comment("lost " + gone));
            if (publication == null) emitter.send(SseEmitter.event().comment("keep-alive"));
            else send(publication);
        }
    }

    /**
     * Sends the stored publications after the client's last one, and those that come meanwhile as long as they find no
     * room. Returns false if the client may not read all of them.
     */
    private boolean catchUp() throws IOException, InterruptedException {
        long last = from;
        do {
            for (List<Publication> page = publications.after(last, PAGE);
                    !page.isEmpty();
                    page = publications.after(last, PAGE)) {
                if (Thread.interrupted()) throw new InterruptedException();
                for (Publication publication : page) {
                    if (!allowed.getAsBoolean()) return false;
                    if (wanted(publication)) send(publication);
                }
                last = page.getLast().sequence();
            }
        } while (!waiting.caughtUp(last));
        return true;
    }

    /** With a space behind each colon, which readers leave out, because simple ones rely on it. */
    private void send(Publication publication) throws IOException {
        emitter.send(SseEmitter.event()
                .comment("channel " + publication.channel())
                .id(" " + publication.sequence())
                .data(" " + Json.text(EventJson.tree(publication.event()))));
    }
}
