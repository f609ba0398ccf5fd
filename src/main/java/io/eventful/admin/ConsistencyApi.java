package io.eventful.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.capture.Inspections;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.event.Json;
import io.eventful.event.JsonPatch;
import io.eventful.ledger.History;
import io.eventful.view.Views;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/consistency}: compares the views, the ledger and the upstream. */
@RestController
final class ConsistencyApi {

    private static final int MAX_SAMPLE = 1_000;

    private final History history;
    private final Inspections inspections;
    private final Views views;

    ConsistencyApi(History history, Inspections inspections, Views views) {
        this.history = history;
        this.inspections = inspections;
        this.views = views;
    }

    /**
     * @param resource resource name of the event types, or the last path segment of the collection
     * @param sample maximum number of items; the most recently changed ones are compared
     * @param repair true: where the upstream differs, its state is recorded as a {@code <resource>.drifted} change
     */
    @GetMapping(path = "/api/consistency", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] check(
            @RequestParam String resource,
            @RequestParam(defaultValue = "100") int sample,
            @RequestParam(defaultValue = "false") boolean repair)
            throws InterruptedException {
        if (sample < 1 || sample > MAX_SAMPLE)
            throw new ApiProblem(400, "Invalid parameter", "sample must be between 1 and " + MAX_SAMPLE + ".");
        List<Item> items = history.sample(resource, sample);
        Map<Inspections.Result, Integer> counts = new EnumMap<>(Inspections.Result.class);
        ArrayNode differences = JsonNodeFactory.instance.arrayNode();
        for (Item item : items) {
            Inspections.Found found =
                    inspections.inspect(item, repair ? Inspections.Repair.YES : Inspections.Repair.NO);
            ArrayNode held = held(found.latest());
            boolean agrees = found.result() == Inspections.Result.SAME;
            Inspections.Result result = agrees && !held.isEmpty() ? Inspections.Result.DIFFERENT : found.result();
            counts.merge(result, 1, Integer::sum);
            if (!agrees || !held.isEmpty()) differences.add(described(item, found, result, held));
        }
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("resource", resource).put("checked", items.size());
        for (Inspections.Result result : Inspections.Result.values())
            report.put(word(result), counts.getOrDefault(result, 0));
        report.set("differences", differences);
        return Json.bytes(report);
    }

    private static ObjectNode described(Item item, Inspections.Found found, Inspections.Result result, ArrayNode held) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject", item.subject()).put("source", item.source()).put("scope", item.scope());
        json.put("result", word(result)).put("upstream", word(found.result()));
        if (!found.reason().isEmpty()) json.put("reason", found.reason());
        Change latest = found.latest();
        if (latest != null) {
            json.put("revision", Long.toString(latest.revision()));
            json.put("position", Long.toString(latest.position()));
            if (found.result() == Inspections.Result.DIFFERENT && latest.after() instanceof Image.Known own)
                json.set(
                        "patch",
                        JsonPatch.diff(own.json(), found.upstream() == null ? NullNode.instance : found.upstream()));
        }
        json.set("views", held);
        return json;
    }

    /** The views whose state of the item differs from the ledger. */
    private ArrayNode held(@Nullable Change latest) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        if (latest == null) return all;
        for (Views.Held held : views.holding(latest)) {
            @Nullable
            String difference =
                    held.revision() > latest.revision() ? ahead(held, latest.item()) : difference(held, latest);
            if (difference != null)
                all.addObject()
                        .put("view", held.view())
                        .put("difference", difference)
                        .put("revision", Long.toString(held.revision()));
        }
        return all;
    }

    /**
     * The item has changed since it was compared, or the view has a state that was never in the ledger: that of a foreign
     * event. The ledger was read before the view, so it is read again.
     */
    private @Nullable String ahead(Views.Held held, Item item) {
        Optional<Change> now = history.asOf(item, Long.MAX_VALUE);
        if (now.isEmpty() || held.revision() > now.get().revision()) return "ahead";
        return held.revision() < now.get().revision() ? null : difference(held, now.get());
    }

    private static @Nullable String difference(Views.Held held, Change latest) {
        if (held.revision() == 0) return "missing";
        if (held.revision() < latest.revision()) return "behind";
        return switch (latest.after()) {
            case Image.Known own -> held.state() == null || !Json.same(own.json(), held.state()) ? "state" : null;
            case Image.Absent absent -> held.state() == null ? null : "state";
            case Image.Digested digested -> null;
            case Image.Unknown unknown -> null;
        };
    }

    private static String word(Inspections.Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }
}
