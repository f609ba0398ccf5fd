package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.admin.ConsoleSession.Notice;
import io.eventful.subscription.TestEvents;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The console's list of subscriptions, the page of one subscription, and its actions. */
@Controller
final class SubscriptionsPage implements ConsolePage {

    private static final int ROWS = 100;
    private static final String BACK = "redirect:/console/subscriptions";

    private final SubscriptionsApi api;
    private final KnownSubscriptions known;
    private final PageTimeout timeout;

    SubscriptionsPage(SubscriptionsApi api, KnownSubscriptions known, PageTimeout timeout) {
        this.api = api;
        this.known = known;
        this.timeout = timeout;
    }

    record Row(
            String id,
            String name,
            String sink,
            String status,
            String reason,
            String channel,
            String types,
            long lag) {}

    @GetMapping("/console/subscriptions")
    String list(@RequestParam(defaultValue = "") String after, Model model) {
        Page<ObjectNode> page =
                Objects.requireNonNull(api.list(ROWS, after, every -> true).getBody());
        model.addAttribute(
                "rows", page.items().stream().map(SubscriptionsPage::row).toList());
        model.addAttribute(
                "warned",
                page.items().stream()
                        .map(one -> one.path("id").asText())
                        .filter(id -> !api.warnings(id).isEmpty())
                        .toList());
        model.addAttribute("next", page.next());
        return "console/subscriptions";
    }

    private static Row row(JsonNode one) {
        return new Row(
                one.path("id").asText(),
                one.at("/config/name").asText(),
                MaskedUrl.of(URI.create(one.path("sink").asText())),
                one.path("status").asText(),
                one.path("reason").asText(),
                one.at("/config/channel").asText("every channel"),
                types(one),
                one.path("lag").asLong());
    }

    private static String types(JsonNode one) {
        List<String> types = new ArrayList<>();
        one.path("types").forEach(type -> types.add(type.asText()));
        return types.isEmpty() ? "all" : String.join(", ", types);
    }

    @GetMapping("/console/subscriptions/new")
    String form(Model model) {
        model.addAttribute("form", SubscriptionForm.empty());
        FormProblems.none(model);
        return "console/subscription-new";
    }

    @PostMapping("/console/subscriptions")
    String create(
            @ModelAttribute("form") SubscriptionForm form,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        try {
            JsonNode made = Objects.requireNonNull(api.create(form.document()).getBody());
            CurrentSession.of(request)
                    .secret(
                            "The subscription was created. This is its signing secret; it will not be shown again.",
                            made.at("/config/secret").asText());
            return BACK + "/" + made.path("id").asText();
        } catch (ErrorResponseException e) {
            response.setStatus(e.getStatusCode().value());
            FormProblems.show(e, SubscriptionForm.FIELDS, form::told, "Nothing was created.", model);
            return "console/subscription-new";
        }
    }

    @GetMapping("/console/subscriptions/{id}")
    String show(@PathVariable String id, Model model) {
        FormProblems.none(model);
        return page(id, new ResumeForm(null, null), model);
    }

    private String page(String id, ResumeForm resume, Model model) {
        ObjectNode one = Objects.requireNonNull(api.get(id).getBody());
        model.addAttribute("id", id);
        model.addAttribute("resume", resume);
        model.addAttribute("row", row(one));
        model.addAttribute("warnings", api.warnings(id));
        model.addAttribute("position", one.path("position").asLong());
        model.addAttribute("endpoint", ConsoleText.json(one.get("endpoint")));
        model.addAttribute("document", ConsoleText.json(masked(one)));
        return "console/subscription";
    }

    /** Hides header values and query strings, because they may contain tokens. */
    private static ObjectNode masked(ObjectNode one) {
        ObjectNode shown = one.deepCopy();
        shown.put("sink", MaskedUrl.of(URI.create(one.path("sink").asText())));
        for (String settings : List.of("protocolsettings", "protocolSettings"))
            if (shown.path(settings).path("headers") instanceof ObjectNode headers)
                headers.properties().forEach(header -> header.setValue(headers.textNode("…")));
        return shown;
    }

    @PostMapping("/console/subscriptions/{id}/pause")
    String pause(@PathVariable String id, HttpServletRequest request) {
        api.pause(id);
        CurrentSession.of(request).done("The subscription is paused; its deliveries are held.");
        return BACK + "/" + id;
    }

    @PostMapping("/console/subscriptions/{id}/resume")
    String resume(
            @PathVariable String id,
            @ModelAttribute("resume") ResumeForm form,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        ResumeRequest wish;
        try {
            wish = form.request();
        } catch (ApiProblem e) {
            response.setStatus(e.getStatusCode().value());
            FormProblems.show(e, ResumeForm.FIELDS, FormProblems::told, "The subscription was not resumed.", model);
            return page(id, form, model);
        }
        long held = row(Objects.requireNonNull(api.get(id).getBody())).lag();
        Row now = row(Objects.requireNonNull(api.resume(id, wish).getBody()));
        String dropped = form.held().equals("drop")
                ? " " + held + (held == 1 ? " held delivery was" : " held deliveries were")
                        + " dropped, and can be retried as dead letters with the reason \"dropped\"."
                : "";
        if (now.status().equals("active"))
            CurrentSession.of(request).done("The subscription is active again." + dropped);
        else CurrentSession.of(request).failed("The subscription is " + now.status() + ": " + now.reason() + ".");
        return BACK + "/" + id;
    }

    @PostMapping("/console/subscriptions/{id}/rotate-secret")
    String rotate(@PathVariable String id, HttpServletRequest request) {
        JsonNode rotated = Objects.requireNonNull(api.rotate(id).getBody());
        String secret = rotated.at("/config/secret").asText();
        // Who signs with v1a has a key, of which only the public part is ever shown.
        if (secret.isEmpty())
            CurrentSession.of(request)
                    .done("There is a new key; its public part is config.publickey, and in /.eventful/jwks.json."
                            + " Webhooks are signed with both keys for a while.");
        else
            CurrentSession.of(request)
                    .secret(
                            "This is the new signing secret; it will not be shown again. Webhooks are signed with both"
                                    + " secrets for a while.",
                            secret);
        return BACK + "/" + id;
    }

    @PostMapping("/console/subscriptions/{id}/test")
    String test(@PathVariable String id, HttpServletRequest request) {
        ConsoleSession session = CurrentSession.of(request);
        timeout.await(
                        api.test(id),
                        session,
                        "The test event is still running: the endpoint has not answered yet. The result is shown"
                                + " on the next page that you open.",
                        SubscriptionsPage::tested,
                        why -> Notice.failed("The test event failed: " + why))
                .ifPresent(result -> session.show(tested(result)));
        return BACK + "/" + id;
    }

    private static Notice tested(ResponseEntity<TestEvents.Result> answer) {
        TestEvents.Result result = Objects.requireNonNull(answer.getBody());
        String how = "in " + result.millis() + " ms, status "
                + (result.status() == 0 ? "none" : String.valueOf(result.status()));
        return result.delivered()
                ? Notice.done("The test event was accepted " + how + ".")
                : Notice.failed("The test event was not accepted: " + result.reason() + ", " + how + ".");
    }

    @PostMapping("/console/subscriptions/{id}/delete")
    String delete(@PathVariable String id, HttpServletRequest request) {
        String name = known.name(id);
        api.delete(id);
        CurrentSession.of(request).done("Subscription " + name + " was deleted.");
        return BACK;
    }
}
