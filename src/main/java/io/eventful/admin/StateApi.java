package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Items as they are, or once were, by the ledger. */
@RestController
final class StateApi {

    /** Items with the same subject that are looked at: one per source and scope. */
    private static final int ITEMS = 1000;

    private static final String DEFAULT_SOURCE = "/upstreams/default";

    private final Ledger ledger;
    private final History history;

    StateApi(Ledger ledger, History history) {
        this.ledger = ledger;
        this.history = history;
    }

    @GetMapping(path = "/api/state", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] state(
            @RequestParam String subject,
            @RequestParam(required = false) @Nullable Long revision,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable String source,
            @RequestParam(required = false) @Nullable String scope) {
        if (revision != null && at != null)
            throw new ApiProblem(400, "Bad request", "Give revision or at, not both: they say the same thing.");
        Item item = item(subject, source, scope);
        Optional<Change> change = revision != null
                ? history.revision(item, revision)
                : at != null ? history.asOf(item, time(at)) : ledger.latest(item);
        return body(change.orElseThrow(() -> none(item, revision)));
    }

    private ApiProblem none(Item item, @Nullable Long revision) {
        // Retention takes the oldest revisions first: of a time before those that are left nothing is known.
        boolean gone = revision == null
                ? history.revision(item, 1).isEmpty()
                : revision > 0
                        && ledger.latest(item)
                                .filter(last -> revision < last.revision())
                                .isPresent();
        return gone
                ? new ApiProblem(
                        410, "State removed", "Retention removed the state of then (eventful.ledger.retention).")
                : new ApiProblem(404, "No such state", "The ledger has no state of this item as of then.");
    }

    private Item item(String subject, @Nullable String source, @Nullable String scope) {
        String known = SubjectText.known(subject, history);
        List<Item> items = history.items(known, ITEMS).stream()
                .filter(item -> source == null || item.source().equals(source))
                .filter(item -> scope == null || item.scope().equals(scope))
                .toList();
        if (items.isEmpty())
            throw new ApiProblem(404, "No such item", "The ledger has no change of an item with this subject.");
        if (items.size() == 1) return items.getFirst();
        Item usual = new Item(source == null ? DEFAULT_SOURCE : source, scope == null ? "" : scope, known);
        if (items.contains(usual)) return usual;
        throw new ApiProblem(
                422, "Several items", "There are " + items.size() + " items with this subject; give source and scope.");
    }

    private static Instant time(String at) {
        try {
            // A + that was sent as it is means a space; no time has one.
            return OffsetDateTime.parse(at.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw new ApiProblem(400, "Bad request", "at must be a time with its zone, such as 2026-03-04T05:06:07Z.");
        }
    }

    /** {@code state} is null for an item that is not there or not known; {@code image} tells these two apart. */
    private static byte[] body(Change change) {
        JsonNode whole = ChangeJson.tree(change);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (String name : List.of("subject", "source", "scope", "revision", "position", "time", "action", "outcome"))
            if (whole.has(name)) json.set(name, whole.get(name));
        json.set("image", whole.path("images").path("after"));
        json.set("state", whole.get("after"));
        return Json.bytes(json);
    }
}
