package io.eventful.admin;

import io.eventful.event.Publications;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Events as they are published, as Server-Sent Events (WHATWG HTML, section 9.2). */
@RestController
final class TailApi {

    /** Maximum number of concurrent tails. */
    private static final int TAILS = 64;

    private final Publications publications;
    private final Set<Tail> tails = ConcurrentHashMap.newKeySet();

    TailApi(Publications publications) {
        this.publications = publications;
    }

    /**
     * Each message is one CloudEvent in structured mode on one line; its id is the sequence number of the publication.
     * With {@code Last-Event-ID}, the stream continues after that number.
     */
    @GetMapping(path = "/api/tail", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> tail(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String type,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request) {
        return open(channel, type, lastEventId, request, () -> true);
    }

    /** @param allowed whether the client may still read; checked regularly */
    ResponseEntity<SseEmitter> open(
            @Nullable String channel,
            @Nullable String type,
            @Nullable String lastEventId,
            HttpServletRequest request,
            BooleanSupplier allowed) {
        // The stream of a HEAD request would never end, because nothing reads it.
        if (request.getMethod().equals("HEAD"))
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .header("Cache-Control", "no-store")
                    .build();
        if (tails.size() >= TAILS)
            throw new ApiProblem(
                    503,
                    "Too many tails",
                    "At most " + TAILS + " live tails can run at the same time. Close one first.");
        Tail tail = new Tail(publications, Query.given(channel), Query.given(type), sequence(lastEventId), allowed);
        tails.add(tail);
        tail.start(() -> tails.remove(tail));
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .header("X-Accel-Buffering", "no")
                .body(tail.emitter());
    }

    private static long sequence(@Nullable String lastEventId) {
        if (lastEventId == null || lastEventId.isBlank()) return Tail.NOW;
        String id = lastEventId.strip();
        if (!id.matches("[0-9]{1,18}"))
            throw new ApiProblem(
                    400, "Bad request", "Last-Event-ID must be the id of a message of this stream, a number.");
        return Long.parseLong(id);
    }

    /** Ends the streams, which would otherwise delay the shutdown of the server. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        tails.forEach(Tail::close);
    }
}
