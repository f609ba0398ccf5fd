package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.EventType;
import io.eventful.event.Json;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** The console's list of changes, newest first, and the page of one change. */
@Controller
final class ChangesPage implements ConsolePage {

    private static final int ROWS = 50;

    private final Ledger ledger;
    private final ChangesApi changes;
    private final History history;

    ChangesPage(Ledger ledger, ChangesApi changes, History history) {
        this.ledger = ledger;
        this.changes = changes;
        this.history = history;
    }

    record Row(
            long position, String time, String type, String subject, long revision, String outcome, String request) {}

    /** @param value a secret is no part of the ledger; header fields are as it keeps them */
    record Field(String name, String value) {}

    @GetMapping("/console/changes")
    String list(
            @RequestParam(required = false) @Nullable String resource,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(defaultValue = "") String outcome,
            Model model) {
        if (!outcome.isEmpty() && !outcome.equals("unknown"))
            throw new ApiProblem(400, "Invalid parameter", "outcome must be unknown, or left out.");
        String ofResource = ConsoleText.blankToNull(resource);
        String typed = ConsoleText.blankToNull(subject);
        String ofSubject = typed == null ? null : SubjectParameter.known(typed, history);
        model.addAttribute("resource", ofResource);
        model.addAttribute("subject", typed);
        model.addAttribute("outcome", outcome);
        if (outcome.equals("unknown")) {
            List<Change> page = ledger.unresolved(before == null ? 0 : before, ROWS, ofResource, ofSubject);
            model.addAttribute("rows", page.stream().map(ChangesPage::row).toList());
            // Large changes make a page shorter than it may be.
            long last = page.isEmpty() ? 0 : page.getLast().position();
            boolean more = last > 0
                    && !ledger.unresolved(last, 1, ofResource, ofSubject).isEmpty();
            model.addAttribute("next", more ? last : 0);
        } else {
            LatestChanges.Older<Row> page = new LatestChanges(ledger)
                    .before(before == null ? ledger.head() + 1 : before, ROWS, ofResource, ofSubject, ChangesPage::row);
            model.addAttribute("rows", page.items());
            model.addAttribute("next", page.before());
        }
        return "console/changes";
    }

    private static Row row(Change change) {
        JsonNode json = ChangeJson.tree(change);
        JsonNode request = json.path("request");
        return new Row(
                change.position(),
                ConsoleText.time(change.time()),
                json.path("type").asText(),
                change.item().subject(),
                change.revision(),
                json.path("outcome").asText(),
                request.isObject() ? call(change, json) : "");
    }

    /** A webhook was sent to the gateway, which answers it itself; of any other call the reply is that of the system behind. */
    private static String call(Change change, JsonNode json) {
        String method = json.path("request").path("method").asText();
        return change.action().equals(EventType.RECEIVED)
                ? method + ", a webhook"
                : method + " → " + json.path("response").path("status").asText("no reply");
    }

    @GetMapping("/console/changes/{position}")
    String show(@PathVariable long position, Model model) {
        JsonNode change = Json.parse(changes.show(position));
        model.addAttribute("position", position);
        model.addAttribute("subject", change.path("subject").asText());
        model.addAttribute("type", change.path("type").asText());
        model.addAttribute("fields", fields(change));
        ChangeDifference difference = ChangeDifference.of(change);
        model.addAttribute("members", difference.members());
        model.addAttribute("more", difference.more());
        model.addAttribute("before", ConsoleText.json(change.get("before")));
        model.addAttribute("after", ConsoleText.json(change.get("after")));
        model.addAttribute("whole", ConsoleText.json(change));
        model.addAttribute("reversible", change.path("reversible").asBoolean());
        return "console/change";
    }

    private static List<Field> fields(JsonNode change) {
        List<Field> fields = new ArrayList<>();
        for (String name : List.of(
                "time", "source", "scope", "revision", "outcome", "order", "guarantee", "reason", "causationid"))
            if (!change.path(name).asText().isEmpty())
                fields.add(new Field(name, change.path(name).asText()));
        JsonNode request = change.path("request");
        if (request.isObject())
            fields.add(new Field(
                    "request",
                    request.path("method").asText() + " "
                            + request.path("target").asText() + ", "
                            + request.path("size").asText() + " bytes"));
        JsonNode response = change.path("response");
        if (response.isObject())
            fields.add(new Field(
                    "response",
                    response.path("status").asText() + ", "
                            + response.path("size").asText() + " bytes"));
        fields.add(new Field("item before", change.at("/images/before/status").asText()));
        fields.add(new Field("item after", change.at("/images/after/status").asText()));
        return fields;
    }
}
