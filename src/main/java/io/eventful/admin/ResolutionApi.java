package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.capture.Membership;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Json;
import io.eventful.event.JsonFormatException;
import io.eventful.event.Subjects;
import io.eventful.event.Unnamed;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Resolution;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/changes/{position}/resolution}. Parses its JSON itself, so that numbers keep their original text. */
@RestController
final class ResolutionApi {

    /** Bytes of a body: the largest state that a route may keep, and what stands around it. */
    private static final int LIMIT = 65 << 20;

    private final Ledger ledger;
    private final Membership membership;

    ResolutionApi(Ledger ledger, Membership membership) {
        this.ledger = ledger;
        this.membership = membership;
    }

    @PostMapping(path = "/api/changes/{position}/resolution", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<byte[]>> resolve(@PathVariable long position, HttpServletRequest http)
            throws IOException {
        Members request = Members.of(document(http), "outcome", "state", "subject");
        Change change = KnownChange.at(ledger, position);
        if (change.outcome() != Change.Outcome.UNKNOWN)
            throw new ApiProblem(409, "Nothing to resolve", "The outcome of this change is already known.");
        JsonNode state = request.value("state");
        String subject = subject(request, change);
        if (state != null && subject == null && Unnamed.is(change))
            throw new ApiProblem(
                    422,
                    "Whose state",
                    "The subject of this change is the collection of the item: tell with subject which item has the"
                            + " state, or leave the state out.");
        Resolution resolution = new Resolution(change, finding(request), state, subject);
        return ledger.resolve(resolution)
                .thenApply(appended -> appended.map(ResolutionApi::answer)
                        .orElseThrow(() -> new ApiProblem(
                                409, "Already resolved", "This change was already resolved. A resolution is final.")));
    }

    private static JsonNode document(HttpServletRequest http) throws IOException {
        try {
            return Json.parse(JsonBodies.bytes(http, LIMIT));
        } catch (JsonFormatException e) {
            throw new ApiProblem(400, "Bad request", "The body is not valid JSON.");
        }
    }

    private static Resolution.Finding finding(Members request) {
        return switch (request.text("outcome")) {
            case "confirmed" -> Resolution.Finding.CONFIRMED;
            case "refuted" -> Resolution.Finding.REFUTED;
            case null, default -> throw ApiProblem.at("/outcome", "must be confirmed or refuted");
        };
    }

    /**
     * The canonical path of the created item; allowed only for a create, whose subject is still its collection. What is no
     * item of the route would be a change that none of its calls can follow.
     */
    private @Nullable String subject(Members request, Change change) {
        String subject = request.text("subject");
        if (subject == null) return null;
        String text = Subjects.normalise(subject);
        String collection = change.subject().equals("/") ? "/" : change.subject() + "/";
        boolean below = Unnamed.is(change) && text.startsWith(collection) && !text.equals("/");
        if (!below || !membership.mayHaveMade(change, text))
            throw new ApiProblem(
                    422,
                    "Wrong subject",
                    "subject must be the path of the created item, below the collection of the change and as the"
                            + " template of its route has it; leave it out for other changes.");
        return text;
    }

    private static ResponseEntity<byte[]> answer(Change change) {
        return ResponseEntity.created(URI.create("/api/changes/" + change.position()))
                .body(ChangeJson.bytes(change));
    }
}
