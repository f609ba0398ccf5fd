package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.Replay;
import io.eventful.delivery.Replays;
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
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/replays}: stored publications sent again to a subscription, as a job. */
@RestController
@RequestMapping("/api/replays")
final class ReplaysApi {

    private static final Set<String> MEMBERS = Set.of("subscription", "from", "to", "types", "subject");

    private final Replays replays;

    ReplaysApi(Replays replays) {
        this.replays = replays;
    }

    /** A job. */
    record Job(
            String id,
            String subscription,
            String from,
            @Nullable String to,
            List<String> types,
            @Nullable String subject,
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
                    replay.state().name().toLowerCase(Locale.ROOT),
                    replay.sent(),
                    replay.createdAt(),
                    replay.updatedAt());
        }
    }

    @PostMapping
    ResponseEntity<Job> create(HttpServletRequest http) throws IOException {
        JsonNode body = JsonBodies.read(http);
        if (!body.isObject()) throw invalid("The document must be an object");
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) throw invalid("\"" + name + "\" is not known; there are " + MEMBERS);
        });
        String subscription = text(body, "subscription");
        if (subscription == null) throw invalid("\"subscription\" is missing");
        String from = text(body, "from");
        try {
            return replays.create(
                            subscription,
                            from == null ? "0" : from,
                            text(body, "to"),
                            types(body),
                            text(body, "subject"))
                    .map(replay -> ResponseEntity.accepted()
                            .location(URI.create("/api/replays/" + replay.id()))
                            .body(Job.of(replay)))
                    .orElseThrow(() -> invalid("there is no such subscription"));
        } catch (IllegalArgumentException malformed) {
            throw invalid(String.valueOf(malformed.getMessage()));
        }
    }

    @GetMapping("/{id}")
    ResponseEntity<Job> get(@PathVariable String id) {
        return replays.find(id)
                .map(replay ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(Job.of(replay)))
                .orElseThrow(() -> new ApiProblem(404, "No such replay", "There is no such replay."));
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

    /** A text, or a number written as one: positions are text in events, and people write both. */
    private static @Nullable String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) return null;
        if (value.isTextual() || value.isIntegralNumber()) return value.asText();
        throw invalid("\"" + name + "\" must be a string");
    }

    private static ApiProblem invalid(String detail) {
        return new ApiProblem(422, "Invalid replay", detail + ".");
    }
}
