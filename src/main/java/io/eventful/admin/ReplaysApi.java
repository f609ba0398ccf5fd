package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.Replay;
import io.eventful.delivery.ReplayWish;
import io.eventful.delivery.Replays;
import io.eventful.subscription.InvalidSubscriptionException;
import io.eventful.subscription.RequestProblem;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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

    private static final Set<String> MEMBERS =
            Set.of("subscription", "from", "to", "types", "subject", "filters", "rate");

    private final Replays replays;

    ReplaysApi(Replays replays) {
        this.replays = replays;
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
        if (!body.isObject()) throw invalid("The body must be a JSON object");
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) throw invalid("\"" + name + "\" is not a member; the members are " + MEMBERS);
        });
        String subscription = text(body, "subscription");
        if (subscription == null) throw invalid("\"subscription\" is required");
        String from = end(body, "from");
        try {
            ReplayWish wish = new ReplayWish(
                    from == null ? "0" : from,
                    end(body, "to"),
                    types(body),
                    text(body, "subject"),
                    body.get("filters"),
                    rate(body));
            return replays.create(subscription, wish)
                    .map(replay -> ResponseEntity.accepted()
                            .location(URI.create("/api/replays/" + replay.id()))
                            .body(Job.of(replay)))
                    .orElseThrow(() -> invalid("There is no subscription with this id"));
        } catch (InvalidSubscriptionException filters) {
            RequestProblem first = filters.problems().getFirst();
            throw invalid(first.pointer() + " " + first.detail() + ". "
                    + first.remedy().replaceFirst("\\.$", ""));
        } catch (IllegalArgumentException malformed) {
            throw invalid(String.valueOf(malformed.getMessage()));
        }
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
                Query.given(after),
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

    private static @Nullable Integer rate(JsonNode body) {
        JsonNode rate = body.path("rate");
        if (rate.isMissingNode() || rate.isNull()) return null;
        if (!rate.canConvertToExactIntegral() || !rate.canConvertToInt())
            throw invalid("\"rate\" must be a whole number: the events per second");
        return rate.intValue();
    }

    private static List<String> types(JsonNode body) {
        JsonNode types = body.path("types");
        List<String> all = new ArrayList<>();
        if (types.isMissingNode() || types.isNull()) return all;
        if (!types.isArray()) throw invalid("\"types\" must be an array of event types");
        for (JsonNode type : types) {
            if (!type.isTextual()) throw invalid("\"types\" must be an array of event types");
            all.add(type.textValue());
        }
        return all;
    }

    /** A time or a position; positions are strings in events, but clients also send numbers. */
    private static @Nullable String end(JsonNode body, String name) {
        return body.path(name).isIntegralNumber() ? body.path(name).asText() : text(body, name);
    }

    private static @Nullable String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) return null;
        if (value.isTextual()) return value.textValue();
        throw invalid("\"" + name + "\" must be a string");
    }

    private static ApiProblem invalid(String detail) {
        return new ApiProblem(422, "Invalid replay", detail + ".");
    }
}
