package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Opens a session for who has the admin key, and ends it. */
@Controller
final class ConsoleSignIn implements ConsolePage {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleSignIn.class);
    private static final String PAGE = "console/sign-in";

    private final AdminKey key;
    private final ConsoleGate gate;
    private final SignInAttempts attempts;

    ConsoleSignIn(AdminKey key, ConsoleGate gate, SignInAttempts attempts) {
        this.key = key;
        this.gate = gate;
        this.attempts = attempts;
    }

    @GetMapping(ConsoleGate.SIGN_IN)
    String page() {
        return PAGE;
    }

    @PostMapping(ConsoleGate.SIGN_IN)
    String signIn(
            @RequestParam(name = "key", defaultValue = "") String presented,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String client = request.getRemoteAddr();
        if (!attempts.admit(client)) {
            response.setStatus(429);
            response.setHeader("Retry-After", String.valueOf(SignInAttempts.SPAN.toSeconds()));
            model.addAttribute("problem", "Too many wrong keys. Wait a minute and try again.");
            return PAGE;
        }
        if (!key.matches(presented.strip())) {
            LOG.warn("console.sign-in outcome=refused from={}", client);
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
            model.addAttribute("problem", "That is not the admin key.");
            return PAGE;
        }
        attempts.succeeded(client);
        gate.open(request, response);
        return "redirect:" + ConsoleGate.HOME;
    }

    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        gate.close(request, response);
        return "redirect:" + ConsoleGate.SIGN_IN;
    }
}
