package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.Deliveries;
import io.eventful.delivery.Deliveries.Selection;
import io.eventful.delivery.DeliveryRecord;
import io.eventful.ledger.History;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/deliveries/retry}: retries all deliveries that match a selection. */
@RestController
final class DeliveryRetriesApi {

    private static final List<String> MEMBERS =
            List.of("subscription", "state", "channel", "types", "subject", "reason", "from", "to");
    private static final int MOST_TYPES = 100;

    private final Deliveries deliveries;
    private final History history;

    DeliveryRetriesApi(Deliveries deliveries, History history) {
        this.history = history;
        this.deliveries = deliveries;
    }

    /** The number of deliveries that were queued for a retry. */
    record Queued(long queued) {}

    @PostMapping("/api/deliveries/retry")
    ResponseEntity<Queued> retry(HttpServletRequest http) throws IOException {
        JsonNode body = JsonBodies.read(http);
        MemberReader members = MemberReader.of("Invalid retry", body, MEMBERS);
        String subject = members.text("subject");
        Selection wanted = new Selection(
                state(members),
                members.text("subscription"),
                members.text("channel"),
                types(members),
                subject == null ? null : SubjectParameter.ofEvents(subject, history),
                members.text("reason"),
                time(members, "from"),
                time(members, "to"));
        members.raise();
        return ResponseEntity.accepted().body(new Queued(deliveries.retry(wanted)));
    }

    private static DeliveryRecord.State state(MemberReader members) {
        String text = members.text("state");
        if (text == null || text.equals("dead")) return DeliveryRecord.State.DEAD;
        if (!text.equals("failed"))
            members.problem("state", "is neither dead nor failed", "Write dead or failed; dead is the default.");
        return DeliveryRecord.State.FAILED;
    }

    private static List<String> types(MemberReader members) {
        List<String> types = members.types();
        if (types.size() > MOST_TYPES)
            members.problem("types", "has more than " + MOST_TYPES + " event types", "Use several calls.");
        return types;
    }

    private static @Nullable Instant time(MemberReader members, String name) {
        String text = members.text(name);
        if (text == null) return null;
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException malformed) {
            members.problem(name, "is not an RFC 3339 time", "Write a time such as \"2026-11-01T12:00:00Z\".");
            return null;
        }
    }
}
