package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page of the console knows. */
@ControllerAdvice(assignableTypes = ConsolePage.class)
final class ConsoleModel {

    @ModelAttribute
    void common(HttpServletRequest request, Model model) {
        model.addAllAttributes(of(request));
        // A page that refreshes a part of itself must not take the notice away from the one that shows it.
        boolean shown = request.getMethod().equals("GET") && request.getHeader("HX-Request") == null;
        ConsoleSession session = session(request);
        if (shown && session != null) session.takeNotice().ifPresent(notice -> model.addAttribute("notice", notice));
    }

    static Map<String, Object> of(HttpServletRequest request) {
        Map<String, Object> known = new HashMap<>();
        ConsoleSession session = session(request);
        known.put("signedIn", session != null);
        known.put("csrf", session == null ? "" : session.csrf());
        String[] path = request.getRequestURI().split("/");
        known.put("area", path.length > 2 ? path[2] : "overview");
        return known;
    }

    private static @Nullable ConsoleSession session(HttpServletRequest request) {
        return (ConsoleSession) request.getAttribute(ConsoleSession.ATTRIBUTE);
    }
}
