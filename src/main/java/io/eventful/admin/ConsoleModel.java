package io.eventful.admin;

import io.eventful.admin.ConsoleSession.Notice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.thymeleaf.context.LazyContextVariable;

/** Model attributes that every page of the console uses. */
@ControllerAdvice(assignableTypes = ConsolePage.class)
final class ConsoleModel {

    @ModelAttribute
    void common(HttpServletRequest request, Model model) {
        model.addAllAttributes(of(request));
    }

    static Map<String, Object> of(HttpServletRequest request) {
        Map<String, Object> known = new HashMap<>();
        ConsoleSession session = session(request);
        known.put("signedIn", session != null);
        known.put("csrf", session == null ? "" : session.csrf());
        // An automatic refresh must not consume the notice, because it does not show it.
        if (session != null && request.getHeader("HX-Request") == null) known.put("notice", taken(session));
        String[] path = request.getRequestURI().split("/");
        known.put("area", path.length > 2 ? path[2] : "overview");
        return known;
    }

    /** Consumed only when a page renders it; a file, a stream or a redirect leaves the notice for the next page. */
    private static LazyContextVariable<@Nullable Notice> taken(ConsoleSession session) {
        return new LazyContextVariable<>() {
            @Override
            protected @Nullable Notice loadValue() {
                return session.takeNotice().orElse(null);
            }
        };
    }

    private static @Nullable ConsoleSession session(HttpServletRequest request) {
        return (ConsoleSession) request.getAttribute(ConsoleSession.ATTRIBUTE);
    }
}
