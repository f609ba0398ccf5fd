package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Json;
import io.eventful.event.JsonFormatException;
import io.eventful.event.Subjects;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.Resolution;
import java.net.URI;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Settles changes of unknown outcome by what an operator has found out. Bodies are read here: numbers keep their text. */
@RestController
final class ResolutionApi {

    private static final Set<String> MEMBERS = Set.of("outcome", "state", "subject");

    private final Ledger ledger;

    ResolutionApi(Ledger ledger) {
        this.ledger = ledger;
    }

    @PostMapping(path = "/api/changes/{position}/resolution", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<byte[]>> resolve(@PathVariable long position, @RequestBody byte[] body) {
        JsonNode request = document(body);
        Change change = ledger.at(position)
                .orElseThrow(() -> new ApiProblem(404, "No such change", "The ledger has no change at this position."));
        if (change.outcome() != Change.Outcome.UNKNOWN)
            throw new ApiProblem(409, "Nothing to resolve", "The outcome of this change is known.");
        Resolution resolution = new Resolution(change, finding(request), state(request), subject(request, change));
        return ledger.resolve(resolution)
                .thenApply(appended -> appended.map(ResolutionApi::answer)
                        .orElseThrow(() -> new ApiProblem(
                                409, "Resolved already", "This change was resolved before; a resolution is final.")));
    }

    private static JsonNode document(byte[] body) {
        JsonNode json;
        try {
            json = Json.parse(body);
        } catch (JsonFormatException e) {
            throw new ApiProblem(400, "Bad request", "The body is no JSON document.");
        }
        if (!json.isObject()) throw new ApiProblem(400, "Bad request", "The body must be a JSON object.");
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); )
            if (!MEMBERS.contains(names.next()))
                throw new ApiProblem(400, "Bad request", "The body's members are outcome, state and subject.");
        return json;
    }

    private static Resolution.Finding finding(JsonNode request) {
        return switch (request.path("outcome").asText()) {
            case "confirmed" -> Resolution.Finding.CONFIRMED;
            case "refuted" -> Resolution.Finding.REFUTED;
            default -> throw new ApiProblem(400, "Bad request", "outcome must be confirmed or refuted.");
        };
    }

    private static @Nullable JsonNode state(JsonNode request) {
        JsonNode state = request.get("state");
        return state == null || state.isNull() ? null : state;
    }

    /** Only a create has no item of its own yet. In its canonical form: else the item would be another one for later calls. */
    private static @Nullable String subject(JsonNode request, Change change) {
        JsonNode subject = request.get("subject");
        if (subject == null || subject.isNull()) return null;
        String text = Subjects.normalise(subject.asText());
        String collection = change.subject().equals("/") ? "/" : change.subject() + "/";
        if (!change.action().equals("created") || !text.startsWith(collection) || text.equals("/"))
            throw new ApiProblem(
                    422, "Wrong subject", "subject names the item of a create, below the collection of that change.");
        return text;
    }

    private static ResponseEntity<byte[]> answer(Change change) {
        return ResponseEntity.created(URI.create("/api/changes/" + change.position()))
                .body(ChangeJson.bytes(change));
    }
}
