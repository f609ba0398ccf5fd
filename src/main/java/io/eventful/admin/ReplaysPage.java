package io.eventful.admin;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The console's list of replays, the page of one replay, and the form to start one. */
@Controller
final class ReplaysPage implements ConsolePage {

    private static final int ROWS = 50;

    private final ReplaysApi api;
    private final KnownSubscriptions known;

    ReplaysPage(ReplaysApi api, KnownSubscriptions known) {
        this.api = api;
        this.known = known;
    }

    record Row(
            String id,
            String subscription,
            String name,
            String from,
            String to,
            String what,
            String status,
            long sent,
            String time) {}

    @GetMapping("/console/replays")
    String list(
            @ModelAttribute("form") ReplayForm form,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        FormProblems.none(model);
        return page(form, after, model);
    }

    private String page(ReplayForm form, @Nullable String after, Model model) {
        Page<ReplaysApi.Job> page =
                Objects.requireNonNull(api.list(null, null, after, ROWS).getBody());
        List<Row> rows = page.items().stream().map(this::row).toList();
        model.addAttribute("field", known.field(ConsoleText.blankToNull(form.subscription())));
        model.addAttribute("rows", rows);
        model.addAttribute("running", rows.stream().anyMatch(row -> row.status().equals("running")));
        model.addAttribute("next", page.next());
        return "console/replays";
    }

    private Row row(ReplaysApi.Job job) {
        String what = job.types().isEmpty() ? "all types" : String.join(", ", job.types());
        return new Row(
                job.id(),
                job.subscription(),
                known.name(job.subscription()),
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
            @ModelAttribute("form") ReplayForm form,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            ReplaysApi.Job job = Objects.requireNonNull(
                    api.create(form.document(known.id(form.subscription()))).getBody());
            CurrentSession.of(request).done("The replay has started.");
            return "redirect:/console/replays/" + job.id();
        } catch (ErrorResponseException e) {
            response.setStatus(e.getStatusCode().value());
            FormProblems.show(e, ReplayForm.FIELDS, form::told, "Nothing was started.", model);
            return page(form, null, model);
        }
    }

    @PostMapping("/console/replays/{id}/cancel")
    String cancel(@PathVariable String id, HttpServletRequest request) {
        api.cancel(id);
        CurrentSession.of(request).done("The replay is cancelled.");
        return "redirect:/console/replays/" + id;
    }
}
