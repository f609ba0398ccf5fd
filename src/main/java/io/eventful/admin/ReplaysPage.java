package io.eventful.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The console's list of replays, the page of one replay, and the form to start one. */
@Controller
final class ReplaysPage implements ConsolePage {

    private static final int ROWS = 50;

    private final ReplaysApi api;

    ReplaysPage(ReplaysApi api) {
        this.api = api;
    }

    record Row(
            String id,
            String subscription,
            String from,
            String to,
            String what,
            String status,
            long sent,
            String time) {}

    @GetMapping("/console/replays")
    String list(
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        Page<ReplaysApi.Job> page =
                Objects.requireNonNull(api.list(null, null, after, ROWS).getBody());
        List<Row> rows = page.items().stream().map(ReplaysPage::row).toList();
        model.addAttribute("rows", rows);
        model.addAttribute("running", rows.stream().anyMatch(row -> row.status().equals("running")));
        model.addAttribute("next", page.next());
        model.addAttribute("subscription", subscription);
        return "console/replays";
    }

    private static Row row(ReplaysApi.Job job) {
        String what = job.types().isEmpty() ? "all types" : String.join(", ", job.types());
        return new Row(
                job.id(),
                job.subscription(),
                job.from(),
                job.to() == null ? "now" : job.to(),
                job.subject() == null ? what : what + " of " + job.subject(),
                job.status(),
                job.sent(),
                ConsoleText.time(job.createdAt()));
    }

    @GetMapping("/console/replays/{id}")
    String show(@PathVariable String id, Model model) {
        ReplaysApi.Job job = Objects.requireNonNull(api.get(id).getBody());
        model.addAttribute("row", row(job));
        model.addAttribute("updated", ConsoleText.time(job.updatedAt()));
        model.addAttribute("rate", job.rate());
        return "console/replay";
    }

    @PostMapping("/console/replays")
    String start(
            @RequestParam String subscription,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String types,
            @RequestParam(defaultValue = "") String subject,
            @RequestParam(defaultValue = "") String rate,
            HttpServletRequest request) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("subscription", subscription.strip());
        if (!from.isBlank()) wish.put("from", from.strip());
        if (!to.isBlank()) wish.put("to", to.strip());
        if (!types.isBlank())
            for (String type : types.strip().split("[\\s,]+"))
                wish.withArray("/types").add(type);
        if (!subject.isBlank()) wish.put("subject", subject.strip());
        if (!rate.isBlank()) {
            if (!rate.strip().matches("\\d{1,9}"))
                throw new ApiProblem(422, "Invalid replay", "The rate must be a whole number: the events per second.");
            wish.put("rate", Integer.parseInt(rate.strip()));
        }
        ReplaysApi.Job job = Objects.requireNonNull(api.create(wish).getBody());
        CurrentSession.of(request).done("The replay has started.");
        return "redirect:/console/replays/" + job.id();
    }

    @PostMapping("/console/replays/{id}/cancel")
    String cancel(@PathVariable String id, HttpServletRequest request) {
        api.cancel(id);
        CurrentSession.of(request).done("The replay is cancelled.");
        return "redirect:/console/replays/" + id;
    }
}
