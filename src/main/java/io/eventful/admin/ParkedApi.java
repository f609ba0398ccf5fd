package io.eventful.admin;

import io.eventful.capture.Captures;
import io.eventful.event.Subjects;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/routes/{id}/parked}: the changes that a route could not handle, and their retry. */
@RestController
final class ParkedApi {

    private static final int MAX_NOTE = 1_000;

    private final Ledger ledger;
    private final Captures captures;

    ParkedApi(Ledger ledger, Captures captures) {
        this.ledger = ledger;
        this.captures = captures;
    }

    /**
     * @param position of the change in the ledger
     * @param reason the error; never data of the item
     * @param attempts number of attempts; 0 for a change that waits behind another parked change of its subject
     */
    record ParkedChange(String position, String subject, String reason, int attempts, Instant time) {}

    /**
     * A parked change that was skipped.
     *
     * @param time time at which it was parked
     * @param skippedAt time at which it was skipped
     * @param note the operator's note
     */
    record SkippedChange(
            String position,
            String subject,
            String reason,
            int attempts,
            Instant time,
            Instant skippedAt,
            String note) {}

    record Retry(String route, @Nullable String subject, String status) {}

    @GetMapping("/api/routes/{id}/parked")
    Page<ParkedChange> list(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        List<Relayed.Parked> found = ledger.relayed().parked(id, Page.after(after), Page.limit(limit) + 1);
        // The parked changes of a removed route can still be read.
        if (found.isEmpty() && after == 0 && !captures.routes().contains(id)) throw noRoute();
        return Page.of(found, limit, ParkedApi::shown, parked -> Long.toString(parked.position()));
    }

    private static ParkedChange shown(Relayed.Parked parked) {
        return new ParkedChange(
                Long.toString(parked.position()),
                parked.item().subject(),
                parked.reason(),
                parked.attempts(),
                parked.time());
    }

    /** Responds with 202; the retry runs in the background, per subject in order until one change fails. */
    @PostMapping("/api/routes/{id}/parked/retry")
    ResponseEntity<Retry> retry(@PathVariable String id, HttpServletRequest request) throws IOException {
        String subject = Members.optional(request, "subject").text("subject");
        return retry(id, subject == null ? null : Subjects.normalise(subject));
    }

    /** @param subject item whose changes are retried; all items if absent */
    ResponseEntity<Retry> retry(String id, @Nullable String subject) {
        if (!captures.retryParked(id, subject)) throw notRunning(id);
        return ResponseEntity.accepted().body(new Retry(id, subject, "retrying"));
    }

    /** Skips a parked change: the route never processes it, and the changes behind it are retried. */
    @PostMapping("/api/routes/{id}/parked/skip")
    SkippedChange skip(@PathVariable String id, HttpServletRequest request) throws IOException {
        Members wish = Members.of(JsonBodies.read(request), "position", "note");
        String note = wish.text("note");
        return skip(id, wish.position("position"), note == null ? "" : checked(note));
    }

    /** @throws ApiProblem 400 if the note is too long */
    static String checked(String note) {
        if (note.length() <= MAX_NOTE) return note;
        throw ApiProblem.at("/note", "must not be longer than " + MAX_NOTE + " characters");
    }

    SkippedChange skip(String id, long position, String note) {
        return captures.skipParked(id, position, note)
                .map(ParkedApi::shown)
                .orElseThrow(() -> new ApiProblem(
                        404,
                        "Not parked",
                        "The route has no parked change at this position. GET /api/routes/{id}/parked lists them."));
    }

    /** The skipped changes, as long as the ledger contains them; also of a removed route. */
    @GetMapping("/api/routes/{id}/skipped")
    Page<SkippedChange> skipped(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        List<Relayed.Skipped> found = ledger.relayed().skipped(id, Page.after(after), Page.limit(limit) + 1);
        if (found.isEmpty() && after == 0 && !captures.routes().contains(id)) throw noRoute();
        return Page.of(
                found,
                limit,
                ParkedApi::shown,
                skipped -> Long.toString(skipped.parked().position()));
    }

    private static SkippedChange shown(Relayed.Skipped skipped) {
        Relayed.Parked parked = skipped.parked();
        return new SkippedChange(
                Long.toString(parked.position()),
                parked.item().subject(),
                parked.reason(),
                parked.attempts(),
                parked.time(),
                skipped.time(),
                skipped.note());
    }

    /** The parked changes of a removed route stay, unless another route took over their items. */
    private ApiProblem notRunning(String id) {
        if (ledger.relayed().parked(id, 0, 1).isEmpty()) return noRoute();
        return new ApiProblem(
                409,
                "Route not running",
                "No route with this id is running, and none has taken over the items of these changes. They are retried"
                        + " when a route with this id starts; POST /api/routes/{id}/parked/skip skips them.");
    }

    private static ApiProblem noRoute() {
        return new ApiProblem(
                404, "No such route", "No capture: route with this id is running. GET /api/routes lists the routes.");
    }
}
