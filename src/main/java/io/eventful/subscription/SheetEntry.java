package io.eventful.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A subscription of a sheet.
 *
 * @param status the one that it begins with where it is new; that of one that is there is not changed
 */
record SheetEntry(SubscriptionRequest request, Status status) {

    private static final String STATUS = "status";
    private static final String REASON = "reason";
    private static final Set<String> ACTIVE = Set.of("active", "pending");

    /** Reasons for which the gateway disables; another one says nothing of what has happened here. */
    private static final Set<String> DISABLING =
            Set.of("gone", "disabled-by-sink", "failing", Endings.EXPIRED, Endings.SPENT);

    private static final String ELSEWHERE = "disabled-elsewhere";

    /** Writes the status of a subscription that is not active, unless it follows from the rest of the sheet. */
    static void write(Status status, ObjectNode json) {
        if (status.state() != Status.State.PAUSED && status.state() != Status.State.DISABLED) return;
        if (status.equals(Activation.INCOMPLETE) || status.reason().equals(Endings.EXPIRED)) return;
        json.put(STATUS, status.state().name().toLowerCase(Locale.ROOT));
        if (status.state() == Status.State.DISABLED) json.put(REASON, status.reason());
    }

    /** The status that a subscription of a sheet begins with. */
    static Status status(JsonNode document, List<RequestProblem> problems) {
        JsonNode written = document.path(STATUS);
        String state = written.asText();
        if (written.isMissingNode() || written.isNull() || ACTIVE.contains(state)) return Status.ACTIVE;
        if (state.equals("paused")) return Status.PAUSED;
        if (state.equals("disabled"))
            return new Status(
                    Status.State.DISABLED,
                    Optional.of(document.path(REASON).asText())
                            .filter(DISABLING::contains)
                            .orElse(ELSEWHERE));
        problems.add(new RequestProblem(
                "/" + STATUS,
                "is not one of active, paused, disabled",
                "Write \"paused\" to hold back the events of a new subscription, or remove it."));
        return Status.ACTIVE;
    }
}
