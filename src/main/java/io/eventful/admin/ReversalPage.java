package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.admin.ConsoleSession.Notice;
import io.eventful.event.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.util.UriComponentsBuilder;

/** The console's preview of a reversal, and the reversal itself. */
@Controller
final class ReversalPage implements ConsolePage {

    private final ReversalApi reversals;
    private final ChangesApi changes;
    private final PageTimeout timeout;

    ReversalPage(ReversalApi reversals, ChangesApi changes, PageTimeout timeout) {
        this.reversals = reversals;
        this.changes = changes;
        this.timeout = timeout;
    }

    /** Shows the compensating call without sending it. */
    @GetMapping("/console/changes/{position}/reversal")
    String preview(@PathVariable long position, Model model) {
        JsonNode preview = json(reversals
                .reverse(position, ReversalApi.Wish.PREVIEW)
                .toCompletableFuture()
                .join());
        model.addAttribute("position", position);
        model.addAttribute("subject", preview.path("subject").asText());
        model.addAttribute("method", preview.path("method").asText());
        model.addAttribute("path", preview.path("path").asText());
        model.addAttribute("ifMatch", preview.path("ifMatch").asText());
        model.addAttribute("patch", ConsoleText.json(preview.get("patch")));
        // A DELETE has no body.
        model.addAttribute("state", preview.path("state").isNull() ? "" : ConsoleText.json(preview.get("state")));
        return "console/reversal";
    }

    @PostMapping("/console/changes/{position}/reversal")
    String apply(@PathVariable long position, HttpServletRequest request) {
        ConsoleSession session = CurrentSession.of(request);
        Optional<ResponseEntity<byte[]>> answer = timeout.await(
                reversals.reverse(position, ReversalApi.Wish.APPLY),
                session,
                "The reversal of change " + position + " is still running: the upstream has not answered yet."
                        + " The reversing change will appear first in this list, and the result is shown on the"
                        + " next page that you open.",
                late -> Notice.done("Change " + position + " was reversed by change " + position(late) + "."),
                why -> Notice.failed("The reversal of change " + position + " was not completed: " + why));
        if (answer.isEmpty()) return "redirect:" + ofItem(position);
        session.done("Change " + position + " was reversed by this change.");
        return "redirect:/console/changes/" + position(answer.get());
    }

    /** The list of changes of the same item. */
    private String ofItem(long position) {
        String subject = Json.parse(changes.show(position)).path("subject").asText();
        return UriComponentsBuilder.fromPath("/console/changes")
                .queryParam("subject", "{subject}")
                .build(subject)
                .toString();
    }

    private static long position(ResponseEntity<byte[]> answer) {
        return json(answer).path("position").asLong();
    }

    private static JsonNode json(ResponseEntity<byte[]> answer) {
        byte[] body = answer.getBody();
        return Json.parse(body == null ? new byte[0] : body);
    }
}
