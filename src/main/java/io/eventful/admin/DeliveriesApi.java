package io.eventful.admin;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.eventful.delivery.AttemptRecord;
import io.eventful.delivery.Deliveries;
import io.eventful.delivery.DeliveryRecord;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/deliveries}: deliveries, their state and their attempts. */
@RestController
@RequestMapping("/api/deliveries")
final class DeliveriesApi {

    private final Deliveries deliveries;

    DeliveriesApi(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** A delivery in a list; {@code position} is a string, as in events. */
    record Item(
            String id,
            String subscription,
            String channel,
            String event,
            String type,
            @Nullable String subject,
            String position,
            @Nullable String replay,
            String state,
            int attempts,
            @Nullable Instant nextAttempt,
            Instant createdAt,
            Instant updatedAt,
            String reason) {}

    /** A delivery with its attempts. */
    record Whole(
            String id,
            String subscription,
            String channel,
            String event,
            String type,
            @Nullable String subject,
            String position,
            @Nullable String replay,
            String state,
            @Nullable Instant nextAttempt,
            Instant createdAt,
            Instant updatedAt,
            String reason,
            List<Attempt> attempts) {}

    /**
     * An attempt; durations in milliseconds, null for a phase that was not reached.
     *
     * @param head header fields of the reply; null when there was none
     */
    record Attempt(
            int number,
            Instant time,
            double duration,
            Phases phases,
            @Nullable Integer status,
            @JsonRawValue @Nullable String head,
            String reason) {}

    /** Duration of each phase of an attempt, in milliseconds. */
    record Phases(
            @Nullable Double dns,
            @Nullable Double connect,
            @Nullable Double tls,
            @Nullable Double firstByte) {}

    @GetMapping
    ResponseEntity<Page<Item>> list(
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        if (position != null && position < 0)
            throw new ApiProblem(
                    400, "Invalid parameter", "position must be 0 or the position of a change in the ledger.");
        Deliveries.Search wanted = new Deliveries.Search(
                Query.given(subscription),
                state == null || state.isEmpty() ? null : state(state),
                position,
                Query.given(event));
        try {
            Deliveries.Page page = deliveries.list(wanted, Query.given(after), Page.limit(limit));
            List<Item> items = page.items().stream().map(DeliveriesApi::item).toList();
            return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(new Page<>(items, page.next()));
        } catch (IllegalArgumentException malformed) {
            throw new ApiProblem(400, "Invalid parameter", malformed.getMessage() + ".");
        }
    }

    private static DeliveryRecord.State state(String text) {
        for (DeliveryRecord.State state : DeliveryRecord.State.values())
            if (name(state).equals(text)) return state;
        throw new ApiProblem(400, "Invalid parameter", "state must be pending, delivered, failed, dead or held.");
    }

    @GetMapping("/{id}")
    ResponseEntity<Whole> get(@PathVariable String id) {
        DeliveryRecord found = deliveries.find(id).orElseThrow(() -> unknown(id));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(whole(found));
    }

    @PostMapping("/{id}/retry")
    ResponseEntity<Whole> retry(@PathVariable String id) {
        return switch (deliveries.retry(id)) {
            case QUEUED ->
                ResponseEntity.accepted().body(whole(deliveries.find(id).orElseThrow(() -> unknown(id))));
            case UNKNOWN -> throw unknown(id);
            case DELIVERED ->
                throw new ApiProblem(
                        409,
                        "Already delivered",
                        "Delivery " + id + " has succeeded. To send its event again, create a replay.");
            case SUBSCRIPTION_GONE ->
                throw new ApiProblem(
                        409,
                        "Subscription gone",
                        "The subscription of delivery " + id + " was deleted, so the delivery cannot be retried.");
        };
    }

    private static Item item(DeliveryRecord one) {
        return new Item(
                one.id(),
                one.subscription(),
                one.channel(),
                one.event(),
                one.type(),
                one.subject(),
                Long.toString(one.position()),
                one.replay(),
                name(one.state()),
                one.attempts(),
                one.nextAttempt(),
                one.createdAt(),
                one.updatedAt(),
                one.reason());
    }

    private static Whole whole(DeliveryRecord one) {
        return new Whole(
                one.id(),
                one.subscription(),
                one.channel(),
                one.event(),
                one.type(),
                one.subject(),
                Long.toString(one.position()),
                one.replay(),
                name(one.state()),
                one.nextAttempt(),
                one.createdAt(),
                one.updatedAt(),
                one.reason(),
                one.log().stream().map(DeliveriesApi::attempt).toList());
    }

    private static Attempt attempt(AttemptRecord one) {
        AttemptRecord.Timing timing = one.timing();
        return new Attempt(
                one.number(),
                one.time(),
                timing.total() / 1000.0,
                new Phases(
                        millis(timing.dns()),
                        millis(timing.connect()),
                        millis(timing.tls()),
                        millis(timing.firstByte())),
                one.status(),
                one.head(),
                one.reason());
    }

    private static @Nullable Double millis(long micros) {
        return micros < 0 ? null : Double.valueOf(micros / 1000.0);
    }

    private static String name(DeliveryRecord.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static ApiProblem unknown(String id) {
        String shown = id.length() > 64 ? id.substring(0, 64) + "…" : id;
        return new ApiProblem(404, "No such delivery", "There is no delivery " + shown + ".");
    }
}
