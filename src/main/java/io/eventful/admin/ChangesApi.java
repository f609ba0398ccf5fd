package io.eventful.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.ledger.History;
import io.eventful.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/changes}: the ledger, oldest first. Writes its JSON itself, so that numbers keep their original text. */
@RestController
final class ChangesApi {

    /** Size at which a page ends although it is shorter than the limit, give or take one change. */
    private static final int PAGE_BYTES = 4 * 1024 * 1024;

    private final Ledger ledger;
    private final History history;

    ChangesApi(Ledger ledger, History history) {
        this.ledger = ledger;
        this.history = history;
    }

    @GetMapping(path = "/api/changes", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] list(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(required = false) @Nullable String resource,
            @RequestParam(required = false) @Nullable String subject,
            @RequestParam(required = false) @Nullable String outcome) {
        return page(
                Page.after(after),
                Page.limit(limit),
                Query.given(resource),
                Query.given(subject),
                Query.given(outcome));
    }

    private byte[] page(
            long after, int limit, @Nullable String resource, @Nullable String subject, @Nullable String outcome) {
        if (outcome != null && !outcome.equals("unknown"))
            throw new ApiProblem(
                    400, "Bad request", "outcome must be unknown (changes that are not resolved yet), or left out.");
        String known = subject == null ? null : SubjectParameter.known(subject, history);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("{\"items\":[".getBytes(UTF_8));
        int rows = 0;
        long position = after;
        List<Change> next = find(position, limit, resource, known, outcome);
        // Only what is read at a time is held as trees.
        while (!next.isEmpty() && rows < limit && body.size() < PAGE_BYTES) {
            for (Change change : next) {
                if (rows == limit || body.size() >= PAGE_BYTES) break;
                if (rows++ > 0) body.write(',');
                body.writeBytes(ChangeJson.bytes(change));
                position = change.position();
            }
            next = List.of();
            boolean full = rows == limit || body.size() >= PAGE_BYTES;
            next = find(position, full ? 1 : limit - rows, resource, known, outcome);
        }
        String cursor = next.isEmpty() ? "null" : "\"" + position + "\"";
        body.writeBytes(("],\"next\":" + cursor + "}").getBytes(UTF_8));
        return body.toByteArray();
    }

    private List<Change> find(
            long after, int limit, @Nullable String resource, @Nullable String subject, @Nullable String outcome) {
        return outcome == null
                ? ledger.find(after, limit, resource, subject)
                : ledger.unresolved(after, limit, resource, subject);
    }

    @GetMapping(path = "/api/changes/{position}", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] show(@PathVariable long position) {
        return ChangeJson.bytes(KnownChange.at(ledger, position));
    }
}
