package io.eventful.admin;

import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Tells on a page that there is none: also where forms are sent to, which somebody may read again. */
@Controller
final class ConsoleNoPage implements ConsolePage {

    @GetMapping("/console/**")
    String none() {
        throw new ApiProblem(404, "No such page", "The console has no page at this address. Nothing was done.");
    }
}
