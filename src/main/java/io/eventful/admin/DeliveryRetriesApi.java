package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.Deliveries;
import io.eventful.delivery.Deliveries.Selection;
import io.eventful.delivery.DeliveryRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/deliveries/retry}: retries all deliveries that match a selection. */
@RestController
final class DeliveryRetriesApi {

    private static final Set<String> MEMBERS =
            Set.of("subscription", "state", "channel", "types", "subject", "reason", "from", "to");
    private static final int MOST_TYPES = 100;

    private final Deliveries deliveries;

    DeliveryRetriesApi(Deliveries deliveries) {
        this.deliveries = deliveries;
    }

    /** The number of deliveries that were queued for a retry. */
    record Queued(long queued) {}

    @PostMapping("/api/deliveries/retry")
    ResponseEntity<Queued> retry(HttpServletRequest http) throws IOException {
        JsonNode body = JsonBodies.read(http);
        if (!body.isObject()) throw invalid("The body must be a JSON object; {} selects every dead letter");
        body.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) throw invalid("\"" + name + "\" is not a member; the members are " + MEMBERS);
        });
        Selection wanted = new Selection(
                state(text(body, "state")),
                text(body, "subscription"),
                text(body, "channel"),
                types(body),
                text(body, "subject"),
                text(body, "reason"),
                time(body, "from"),
                time(body, "to"));
        return ResponseEntity.accepted().body(new Queued(deliveries.retry(wanted)));
    }

    private static DeliveryRecord.State state(@Nullable String text) {
        if (text == null || text.equals("dead")) return DeliveryRecord.State.DEAD;
        if (text.equals("failed")) return DeliveryRecord.State.FAILED;
        throw invalid("\"state\" must be dead or failed");
    }

    private static List<String> types(JsonNode body) {
        JsonNode types = body.path("types");
        List<String> all = new ArrayList<>();
        if (types.isMissingNode() || types.isNull()) return all;
        if (!types.isArray() || types.size() > MOST_TYPES)
            throw invalid("\"types\" must be an array of at most " + MOST_TYPES + " event types");
        for (JsonNode type : types) {
            if (!type.isTextual()) throw invalid("\"types\" must be an array of event types");
            all.add(type.textValue());
        }
        return all;
    }

    private static @Nullable Instant time(JsonNode body, String name) {
        String text = text(body, name);
        if (text == null) return null;
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            throw invalid("\"" + name + "\" is not an RFC 3339 time, such as \"2026-11-01T12:00:00Z\"");
        }
    }

    private static @Nullable String text(JsonNode body, String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) return null;
        if (value.isTextual()) return value.textValue();
        throw invalid("\"" + name + "\" must be a string");
    }

    private static ApiProblem invalid(String detail) {
        return new ApiProblem(422, "Invalid retry", detail + ".");
    }
}
