package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.Replay;
import io.eventful.delivery.ReplayWish;
import io.eventful.delivery.Replays;
import io.eventful.ledger.History;
import io.eventful.subscription.RequestProblem;
import io.eventful.subscription.Subscriptions;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/replays}: jobs that send stored events again to a subscription. */
@RestController
@RequestMapping("/api/replays")
final class ReplaysApi {

    private static final List<String> MEMBERS =
            List.of("subscription", "from", "to", "types", "subject", "filters", "rate");

    private static final String INVALID = "Invalid replay";

    private static final RequestProblem UNKNOWN = new RequestProblem(
            "/subscription", "is not the id of a subscription", "GET /api/subscriptions lists them.");

    /** An id, as the gateway makes it. */
    private static final Pattern CURSOR = Pattern.compile("rpl_[0-9a-f]{24}");

    private final Replays replays;
    private final Subscriptions subscriptions;
    private final History history;

    ReplaysApi(Replays replays, Subscriptions subscriptions, History history) {
        this.history = history;
        this.replays = replays;
        this.subscriptions = subscriptions;
    }

    /** A replay job. */
    record Job(
            String id,
            String subscription,
            String from,
            @Nullable String to,
            List<String> types,
            @Nullable String subject,
            @Nullable JsonNode filters,
            @Nullable Integer rate,
            String status,
            long sent,
            Instant createdAt,
            Instant updatedAt) {

        static Job of(Replay replay) {
            return new Job(
                    replay.id(),
                    replay.subscription(),
                    replay.from(),
                    replay.to(),
                    replay.types(),
                    replay.subject(),
                    replay.filters(),
                    replay.rate(),
                    replay.state().name().toLowerCase(Locale.ROOT),
                    replay.sent(),
                    replay.createdAt(),
                    replay.updatedAt());
        }
    }

    @PostMapping
    ResponseEntity<Job> create(HttpServletRequest http) throws IOException {
        return create(JsonBodies.read(http));
    }

    /** @throws ApiProblem 422 */
    ResponseEntity<Job> create(JsonNode body) {
        MemberReader members = MemberReader.of(INVALID, body, MEMBERS);
        String subscription = members.required("subscription", "Write the id of a subscription.");
        String from = members.textOrNumber("from");
        String subject = members.text("subject");
        ReplayWish wish = new ReplayWish(
                from == null ? "0" : from,
                members.textOrNumber("to"),
                members.types(),
                subject == null ? null : SubjectParameter.ofEvents(subject, history),
                body.get("filters"),
                members.number("rate", "Write the events per second, such as 100."));
        replays.problems(wish).forEach(members::problem);
        if (!subscription.isEmpty() && subscriptions.find(subscription).isEmpty()) members.problem(UNKNOWN);
        members.raise();
        Replay replay =
                replays.create(subscription, wish).orElseThrow(() -> ApiProblem.invalid(INVALID, List.of(UNKNOWN)));
        return ResponseEntity.accepted()
                .location(URI.create("/api/replays/" + replay.id()))
                .body(Job.of(replay));
    }

    @GetMapping
    ResponseEntity<Page<Job>> list(
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "100") int limit) {
        List<Replay> found = replays.list(
                Query.given(subscription),
                state == null || state.isEmpty() ? null : state(state),
                Query.given(Page.after(after == null ? "" : after, CURSOR)),
                Page.limit(limit) + 1);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Page.of(found, limit, Job::of, Replay::id));
    }

    private static Replay.State state(String text) {
        for (Replay.State state : Replay.State.values())
            if (state.name().toLowerCase(Locale.ROOT).equals(text)) return state;
        throw new ApiProblem(400, "Invalid parameter", "state must be running, done or cancelled.");
    }

    @PostMapping("/{id}/cancel")
    Job cancel(@PathVariable String id) {
        return replays.cancel(id)
                .map(Job::of)
                .orElseThrow(() -> new ApiProblem(404, "No such replay", "There is no such replay."));
    }

    @GetMapping("/{id}")
    ResponseEntity<Job> get(@PathVariable String id) {
        return replays.find(id)
                .map(replay ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Job.of(replay)))
                .orElseThrow(() -> new ApiProblem(404, "No such replay", "There is no such replay."));
    }
}
