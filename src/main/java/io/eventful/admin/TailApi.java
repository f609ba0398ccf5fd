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

    /** Tails at a time. */
    private static final int TAILS = 64;

    private final Publications publications;
    private final Set<Tail> tails = ConcurrentHashMap.newKeySet();

    TailApi(Publications publications) {
        this.publications = publications;
    }

    /**
     * Each message is one structured CloudEvent on one line, its id the publication's sequence number. With
     * {@code Last-Event-ID} the tail goes on behind that number.
     */
    @GetMapping(path = "/api/tail", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> tail(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String type,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request) {
        return open(channel, type, lastEventId, request, () -> true);
    }

    /** @param allowed whether its reader may have more; asked now and then */
    ResponseEntity<SseEmitter> open(
            @Nullable String channel,
            @Nullable String type,
            @Nullable String lastEventId,
            HttpServletRequest request,
            BooleanSupplier allowed) {
        // A stream that nobody reads would never end.
        if (request.getMethod().equals("HEAD"))
            return ResponseEntity.ok()
                    .contentType(MediaType.TEXT_EVENT_STREAM)
                    .header("Cache-Control", "no-store")
                    .build();
        if (tails.size() >= TAILS)
            throw new ApiProblem(503, "Too many tails", "At most " + TAILS + " tails run at a time; close one first.");
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
            throw new ApiProblem(400, "Bad request", "Last-Event-ID is not an id of this stream.");
        return Long.parseLong(id);
    }

    /** Ends the streams, which would otherwise hold up the end of the server. */
    @EventListener(ContextClosedEvent.class)
    void close() {
        tails.forEach(Tail::close);
    }
}
