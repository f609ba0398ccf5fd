package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The console's live tail. */
@Controller
final class TailPage implements ConsolePage {

    static final String EVENTS = "/console/tail/events";

    private final TailApi api;
    private final ConsoleSessions sessions;

    TailPage(TailApi api, ConsoleSessions sessions) {
        this.api = api;
        this.sessions = sessions;
    }

    @GetMapping("/console/tail")
    String page(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String type,
            Model model) {
        model.addAttribute("channel", ConsoleText.blankToNull(channel));
        model.addAttribute("type", ConsoleText.blankToNull(type));
        return "console/tail";
    }

    /** The stream of the API for the browser, which authenticates with its session cookie; it ends with the session. */
    @GetMapping(path = EVENTS, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    ResponseEntity<SseEmitter> events(
            @RequestParam(required = false) @Nullable String channel,
            @RequestParam(required = false) @Nullable String type,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletRequest request) {
        ConsoleSession session = CurrentSession.of(request);
        return api.open(
                ConsoleText.blankToNull(channel),
                ConsoleText.blankToNull(type),
                lastEventId,
                request,
                () -> sessions.isOpen(session));
    }
}
