package io.eventful.admin;

import io.eventful.routes.RouteSets;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.util.UriComponentsBuilder;

/** The console's list of running routes, the problems of the last reload, and parked changes. */
@Controller
final class RoutesPage implements ConsolePage {

    private static final int ROWS = 100;

    private final RouteSets sets;
    private final RouteLags lags;
    private final ParkedApi parked;

    RoutesPage(RouteSets sets, RouteLags lags, ParkedApi parked) {
        this.sets = sets;
        this.lags = lags;
        this.parked = parked;
    }

    @GetMapping("/console/routes")
    String list(Model model) {
        RoutesApi.Routes routes = RoutesApi.shown(sets.state());
        model.addAttribute("routes", routes);
        model.addAttribute(
                "reloaded",
                Optional.ofNullable(routes.lastReload())
                        .map(last -> ConsoleText.time(last.time()))
                        .orElse(""));
        model.addAttribute("lags", lags.all());
        return "console/routes";
    }

    @GetMapping("/console/routes/parked")
    String show(@RequestParam("route") String id, @RequestParam(defaultValue = "0") long after, Model model) {
        Page<ParkedApi.ParkedChange> page = parked.list(id, after, ROWS);
        model.addAttribute("id", id);
        model.addAttribute("rows", page.items());
        model.addAttribute("next", page.next());
        model.addAttribute("skipped", parked.skipped(id, 0, ROWS).items());
        return "console/parked";
    }

    @PostMapping("/console/routes/parked")
    String retry(
            @RequestParam("route") String id,
            @RequestParam(required = false) @Nullable String subject,
            HttpServletRequest request) {
        parked.retry(id, ConsoleText.blankToNull(subject));
        CurrentSession.of(request).done("Parked changes are being retried in the background.");
        return back(id);
    }

    @PostMapping("/console/routes/parked/skip")
    String skip(
            @RequestParam("route") String id,
            @RequestParam long position,
            @RequestParam(defaultValue = "") String note,
            HttpServletRequest request) {
        parked.skip(id, position, ParkedApi.checked(note));
        CurrentSession.of(request)
                .done("Change " + position
                        + " was skipped; the changes that wait behind it are being retried in the background.");
        return back(id);
    }

    /** To the list that somebody works through, change after change. */
    private static String back(String route) {
        return "redirect:"
                + UriComponentsBuilder.fromPath("/console/routes/parked")
                        .queryParam("route", "{route}")
                        .build(route);
    }
}
