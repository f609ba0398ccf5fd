package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.Deliveries;
import io.eventful.delivery.DeliveryRecord;
import io.eventful.event.Json;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The console's list of deliveries, the page of one delivery with its attempts, and retries. */
@Controller
final class DeliveriesPage implements ConsolePage {

    private static final int ROWS = 50;
    private static final List<String> STATES = List.of("pending", "delivered", "failed", "dead", "held");

    private final DeliveriesApi api;
    private final Deliveries deliveries;

    DeliveriesPage(DeliveriesApi api, Deliveries deliveries) {
        this.api = api;
        this.deliveries = deliveries;
    }

    record Row(
            String id,
            String created,
            String type,
            String subject,
            String subscription,
            String state,
            int attempts,
            String next,
            String reason) {}

    /** Phases in milliseconds. */
    record Attempt(
            int number,
            String time,
            String duration,
            String dns,
            String connect,
            String tls,
            String firstByte,
            String status,
            String reason,
            String head) {}

    @GetMapping("/console/deliveries")
    String list(
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String after,
            Model model) {
        String of = ConsoleText.blankToNull(subscription);
        String in = ConsoleText.blankToNull(state);
        String about = ConsoleText.blankToNull(event);
        Page<DeliveriesApi.Item> page = Objects.requireNonNull(
                api.list(of, in, position, about, after, ROWS).getBody());
        model.addAttribute("position", position);
        model.addAttribute("event", about);
        model.addAttribute("states", STATES);
        model.addAttribute("state", in);
        model.addAttribute("subscription", of);
        model.addAttribute(
                "rows", page.items().stream().map(DeliveriesPage::row).toList());
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        return "console/deliveries";
    }

    private static Row row(DeliveriesApi.Item one) {
        return new Row(
                one.id(),
                ConsoleText.time(one.createdAt()),
                one.type(),
                Objects.requireNonNullElse(one.subject(), ""),
                one.subscription(),
                one.state(),
                one.attempts(),
                ConsoleText.time(one.nextAttempt()),
                one.reason());
    }

    @GetMapping("/console/deliveries/{id}")
    String show(@PathVariable String id, Model model) {
        DeliveriesApi.Whole one = Objects.requireNonNull(api.get(id).getBody());
        model.addAttribute("delivery", one);
        model.addAttribute("created", ConsoleText.time(one.createdAt()));
        model.addAttribute("updated", ConsoleText.time(one.updatedAt()));
        model.addAttribute("next", ConsoleText.time(one.nextAttempt()));
        model.addAttribute(
                "attempts", one.attempts().stream().map(DeliveriesPage::attempt).toList());
        return "console/delivery";
    }

    private static Attempt attempt(DeliveriesApi.Attempt one) {
        DeliveriesApi.Phases phases = one.phases();
        JsonNode head = one.head() == null
                ? null
                : Json.tryParse(one.head().getBytes(StandardCharsets.UTF_8)).orElse(null);
        return new Attempt(
                one.number(),
                ConsoleText.time(one.time()),
                ConsoleText.millis(one.duration()),
                ConsoleText.millis(phases.dns()),
                ConsoleText.millis(phases.connect()),
                ConsoleText.millis(phases.tls()),
                ConsoleText.millis(phases.firstByte()),
                one.status() == null ? "no reply" : String.valueOf(one.status()),
                one.reason(),
                ConsoleText.json(head));
    }

    @PostMapping("/console/deliveries/{id}/retry")
    String retry(@PathVariable String id, HttpServletRequest request) {
        api.retry(id);
        CurrentSession.of(request).done("The delivery is being retried.");
        return "redirect:/console/deliveries/" + id;
    }

    /** Retries all dead letters, or all failed deliveries, of one subscription or of all. */
    @PostMapping("/console/deliveries/retry")
    String retryAll(
            @RequestParam String state,
            @RequestParam(required = false) @Nullable String subscription,
            HttpServletRequest request) {
        if (!state.equals("dead") && !state.equals("failed"))
            throw new ApiProblem(
                    422,
                    "Invalid retry",
                    "state must be dead or failed: only these deliveries can be retried together.");
        String of = ConsoleText.blankToNull(subscription);
        long queued = deliveries.retry(new Deliveries.Selection(
                state.equals("dead") ? DeliveryRecord.State.DEAD : DeliveryRecord.State.FAILED,
                of,
                null,
                List.of(),
                null,
                null,
                null,
                null));
        CurrentSession.of(request)
                .done(queued + (queued == 1 ? " delivery is" : " deliveries are") + " being retried.");
        return of == null
                ? "redirect:/console/deliveries"
                : "redirect:/console/deliveries?subscription=" + URLEncoder.encode(of, StandardCharsets.UTF_8);
    }
}
