package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.delivery.Deliveries;
import io.eventful.delivery.DeliveryRecord;
import io.eventful.event.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponseException;
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
    private final KnownSubscriptions known;

    DeliveriesPage(DeliveriesApi api, Deliveries deliveries, KnownSubscriptions known) {
        this.api = api;
        this.deliveries = deliveries;
        this.known = known;
    }

    record Row(
            String id,
            String created,
            String type,
            String channel,
            String event,
            String subject,
            String subscription,
            String name,
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
            @RequestParam(required = false) @Nullable String position,
            @RequestParam(required = false) @Nullable String event,
            @RequestParam(required = false) @Nullable String after,
            HttpServletResponse response,
            Model model) {
        String of = ConsoleText.blankToNull(subscription);
        String in = ConsoleText.blankToNull(state);
        String at = ConsoleText.blankToNull(position);
        String about = ConsoleText.blankToNull(event);
        Page<DeliveriesApi.Item> page = new Page<>(List.of(), null);
        try {
            page = Objects.requireNonNull(
                    api.list(of == null ? null : known.id(of), in, position(at), about, after, ROWS)
                            .getBody());
        } catch (ErrorResponseException e) {
            response.setStatus(e.getStatusCode().value());
            model.addAttribute("problem", e.getBody().getDetail());
        }
        model.addAttribute("position", at);
        model.addAttribute("event", about);
        model.addAttribute("states", STATES);
        model.addAttribute("state", in);
        KnownSubscriptions.Field field = known.field(of);
        model.addAttribute("subscription", of);
        model.addAttribute("field", field);
        model.addAttribute("rows", page.items().stream().map(this::row).toList());
        // The deliveries of one that was deleted are still there.
        if (of != null && field.chosen() == null) model.addAttribute("unknown", KnownSubscriptions.unknown(of));
        model.addAttribute("next", page.next());
        model.addAttribute("first", after == null);
        return "console/deliveries";
    }

    private static @Nullable Long position(@Nullable String text) {
        if (text == null) return null;
        if (text.matches("\\d{1,18}")) return Long.valueOf(text);
        throw new ApiProblem(
                400,
                "Invalid parameter",
                "The change must be a position in the ledger: a whole number, as Changes shows it.");
    }

    private Row row(DeliveriesApi.Item one) {
        return new Row(
                one.id(),
                ConsoleText.time(one.createdAt()),
                one.type(),
                one.channel(),
                one.event(),
                Objects.requireNonNullElse(one.subject(), ""),
                one.subscription(),
                known.name(one.subscription()),
                one.state(),
                one.attempts(),
                ConsoleText.time(one.nextAttempt()),
                one.reason());
    }

    @GetMapping("/console/deliveries/{id}")
    String show(@PathVariable String id, Model model) {
        DeliveriesApi.Whole one = Objects.requireNonNull(api.get(id).getBody());
        model.addAttribute("delivery", one);
        model.addAttribute("name", known.name(one.subscription()));
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
        String typed = ConsoleText.blankToNull(subscription);
        String of = typed == null ? null : subscription(typed);
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

    private String subscription(String typed) {
        return known.find(typed)
                .map(KnownSubscriptions.Known::id)
                .orElseThrow(() -> new ApiProblem(404, "No such subscription", KnownSubscriptions.unknown(typed)));
    }
}
