package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Sign-in with the admin key, and sign-out. */
@Controller
final class ConsoleSignIn implements ConsolePage {

    private static final String PAGE = "console/sign-in";

    private final KeyCheck keys;
    private final ConsoleAccessControl access;

    ConsoleSignIn(KeyCheck keys, ConsoleAccessControl access) {
        this.keys = keys;
        this.access = access;
    }

    @GetMapping(ConsoleAccessControl.SIGN_IN)
    String page(
            @RequestParam(name = AskedPage.PARAMETER, defaultValue = "") String to,
            HttpServletRequest request,
            Model model) {
        String asked = AskedPage.checked(to);
        // Another tab may have signed in since this page was asked for.
        if (request.getAttribute(ConsoleSession.ATTRIBUTE) != null) return leadOn(asked);
        model.addAttribute("to", asked);
        return PAGE;
    }

    private static String leadOn(String asked) {
        return "redirect:" + (asked.isEmpty() ? ConsoleAccessControl.HOME : asked);
    }

    @PostMapping(ConsoleAccessControl.SIGN_IN)
    String signIn(
            @RequestParam(name = "key", defaultValue = "") String presented,
            @RequestParam(name = AskedPage.PARAMETER, defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        String asked = AskedPage.checked(to);
        model.addAttribute("to", asked);
        switch (keys.check(KeyClient.of(request), presented.strip())) {
            case KeyDecision.Accepted right -> {
                access.open(request, response);
                return leadOn(asked);
            }
            case KeyDecision.Rejected wrong -> {
                response.setStatus(HttpServletResponse.SC_FORBIDDEN);
                model.addAttribute("problem", "This is not the admin key.");
            }
            case KeyDecision.Throttled later -> {
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
        access.close(request, response);
        return "redirect:" + ConsoleAccessControl.SIGN_IN;
    }
}
