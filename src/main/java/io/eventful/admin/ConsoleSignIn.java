package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Opens a session for who has the admin key, and ends it. */
@Controller
final class ConsoleSignIn implements ConsolePage {

    private static final String PAGE = "console/sign-in";

    private final KeyCheck keys;
    private final ConsoleGate gate;

    ConsoleSignIn(KeyCheck keys, ConsoleGate gate) {
        this.keys = keys;
        this.gate = gate;
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
        switch (keys.check(KeyClient.of(request), presented.strip())) {
            case KeyVerdict.Right right -> {
                gate.open(request, response);
                return "redirect:" + ConsoleGate.HOME;
            }
            case KeyVerdict.Wrong wrong -> {
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                model.addAttribute("problem", "That is not the admin key.");
            }
            case KeyVerdict.Later later -> {
                response.setStatus(429);
                response.setHeader("Retry-After", String.valueOf(later.seconds()));
                model.addAttribute(
                        "problem",
                        "Too many wrong keys came from your address. Wait " + later.seconds()
                                + " seconds and try again.");
            }
        }
        return PAGE;
    }

    @PostMapping("/console/sign-out")
    String signOut(HttpServletRequest request, HttpServletResponse response) {
        gate.close(request, response);
        return "redirect:" + ConsoleGate.SIGN_IN;
    }
}
