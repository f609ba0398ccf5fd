package io.eventful.admin;

import io.eventful.capture.Captures;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Relayed;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The changes that a route could not handle, and their second chance. */
@RestController
final class ParkedApi {

    private final Ledger ledger;
    private final Captures captures;

    ParkedApi(Ledger ledger, Captures captures) {
        this.ledger = ledger;
        this.captures = captures;
    }

    /**
     * @param position of the change in the ledger
     * @param reason the error; never data of the item
     * @param attempts how often it was tried; 0 for one that waits behind another of its subject
     */
    record ParkedChange(String position, String subject, String reason, int attempts, Instant time) {}

    /** @param subject whose changes are tried; all when absent */
    record RetryRequest(@Nullable String subject) {}

    record Retry(String route, @Nullable String subject, String status) {}

    @GetMapping("/api/routes/{id}/parked")
    Page<ParkedChange> list(
            @PathVariable String id,
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit) {
        List<Relayed.Parked> found = ledger.relayed().parked(id, after, Page.limit(limit) + 1);
        // What a route that is gone has parked can still be read.
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

    /** 202: the changes are tried in the background, each subject's in order until one fails. */
    @PostMapping("/api/routes/{id}/parked/retry")
    ResponseEntity<Retry> retry(
            @PathVariable String id, @RequestBody(required = false) @Nullable RetryRequest request) {
        String subject = request == null ? null : request.subject();
        if (!captures.retryParked(id, subject)) throw noRoute();
        return ResponseEntity.accepted().body(new Retry(id, subject, "retrying"));
    }

    private static ApiProblem noRoute() {
        return new ApiProblem(404, "No such route", "No capture: route with this id runs; GET /api/routes lists them.");
    }
}
