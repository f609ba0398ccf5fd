package io.eventful.admin;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The 404 page of the console, also for a GET on a path that only accepts a form. */
@Controller
final class ConsoleNotFound implements ConsolePage {

    @GetMapping("/console/**")
    String none() {
        throw new ApiProblem(404, "No such page", "The console has no page at this address. Nothing was changed.");
    }
}
