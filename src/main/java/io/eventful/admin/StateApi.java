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

/** {@code /api/state}: the state of an item, now or at an earlier revision or time. */
@RestController
final class StateApi {

    /** Maximum number of items with the same subject (one per source and scope) that are considered. */
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
        if (revision != null && at != null) throw new ApiProblem(400, "Bad request", "Set revision or at, not both.");
        Item item = item(subject, source, scope);
        Optional<Change> change = revision != null
                ? history.revision(item, revision)
                : at != null ? history.asOf(item, time(at)) : ledger.latest(item);
        return body(change.orElseThrow(() -> none(item, revision)));
    }

    private ApiProblem none(Item item, @Nullable Long revision) {
        // Retention removes the oldest revisions first, so nothing is known about earlier times.
        boolean gone = revision == null
                ? history.revision(item, 1).isEmpty()
                : revision > 0
                        && ledger.latest(item)
                                .filter(last -> revision < last.revision())
                                .isPresent();
        return gone
                ? new ApiProblem(
                        410,
                        "State removed",
                        "The state at that time is older than the retention period and was removed"
                                + " (eventful.ledger.retention).")
                : new ApiProblem(
                        404, "No such state", "The ledger has no state of this item at that revision or time.");
    }

    private Item item(String subject, @Nullable String source, @Nullable String scope) {
        String known = SubjectParameter.known(subject, history);
        List<Item> items = history.items(known, ITEMS).stream()
                .filter(item -> source == null || item.source().equals(source))
                .filter(item -> scope == null || item.scope().equals(scope))
                .toList();
        if (items.isEmpty())
            throw new ApiProblem(404, "No such item", "The ledger contains no change of an item with this subject.");
        if (items.size() == 1) return items.getFirst();
        Item usual = new Item(source == null ? DEFAULT_SOURCE : source, scope == null ? "" : scope, known);
        if (items.contains(usual)) return usual;
        throw new ApiProblem(
                422,
                "Several items",
                "There are " + items.size() + " items with this subject. Set source and scope to select one.");
    }

    private static Instant time(String at) {
        try {
            // An unescaped + in a query is decoded as a space, which no time contains.
            return OffsetDateTime.parse(at.replace(' ', '+')).toInstant();
        } catch (DateTimeParseException e) {
            throw new ApiProblem(
                    400, "Bad request", "at must be an RFC 3339 time with an offset, such as 2026-03-04T05:06:07Z.");
        }
    }

    /** {@code state} is null for an item that does not exist or is not known; {@code image} distinguishes the two. */
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
