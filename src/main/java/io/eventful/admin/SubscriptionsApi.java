package io.eventful.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.delivery.HeldDeliveries;
import io.eventful.routes.RouteSets;
import io.eventful.subscription.InvalidSubscriptionException;
import io.eventful.subscription.NameStyle;
import io.eventful.subscription.NamedRequests;
import io.eventful.subscription.Progress;
import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.SubscriptionDocuments;
import io.eventful.subscription.SubscriptionRequest;
import io.eventful.subscription.SubscriptionRequests;
import io.eventful.subscription.Subscriptions;
import io.eventful.subscription.TestEvents;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/subscriptions}: the CloudEvents Subscriptions API with the gateway's extensions. */
@RestController
@RequestMapping("/api/subscriptions")
final class SubscriptionsApi {

    /** An id, as the gateway makes it. */
    private static final Pattern CURSOR = Pattern.compile("sub_[0-9a-z]{26}");

    private final Subscriptions subscriptions;
    private final NamedRequests requests;
    private final Progress progress;
    private final TestEvents testEvents;
    private final HeldDeliveries held;
    private final ObjectProvider<RouteSets> routes;

    SubscriptionsApi(
            Subscriptions subscriptions,
            SubscriptionRequests requests,
            Progress progress,
            TestEvents testEvents,
            HeldDeliveries held,
            ObjectProvider<RouteSets> routes) {
        this.subscriptions = subscriptions;
        this.requests = new NamedRequests(requests, subscriptions);
        this.progress = progress;
        this.testEvents = testEvents;
        this.held = held;
        this.routes = routes;
    }

    @PostMapping
    ResponseEntity<ObjectNode> create(HttpServletRequest http) throws IOException {
        return create(JsonBodies.read(http));
    }

    /** @throws ApiProblem 422 with all problems */
    ResponseEntity<ObjectNode> create(JsonNode document) {
        SubscriptionRequest request = parsed(document, null);
        Subscription made = checked(() -> subscriptions.create(request));
        return ResponseEntity.created(URI.create("/api/subscriptions/" + made.id()))
                .cacheControl(CacheControl.noStore())
                .body(warned(made, SubscriptionDocuments.withSecret(made, progress.of(made), style(made))));
    }

    /** With {@code warnings}, when no event of the running routes can meet the subscription. */
    private ObjectNode warned(Subscription subscription, ObjectNode document) {
        List<String> warnings = warnings(subscription);
        if (!warnings.isEmpty()) warnings.forEach(document.putArray("warnings")::add);
        return document;
    }

    private List<String> warnings(Subscription subscription) {
        RouteSets sets = routes.getIfAvailable();
        return sets == null ? List.of() : SubscriptionWarnings.of(subscription, sets.flows());
    }

    /** What no event of the running routes can meet of a subscription; nothing if it is gone. */
    List<String> warnings(String id) {
        return subscriptions.find(id).map(this::warnings).orElse(List.of());
    }

    @GetMapping
    ResponseEntity<Page<ObjectNode>> list(
            @RequestParam(defaultValue = "100") int limit,
            @RequestParam(defaultValue = "") String after,
            HttpServletRequest http) {
        return list(limit, after, LabelQuery.of(http));
    }

    ResponseEntity<Page<ObjectNode>> list(int limit, String after, Predicate<Subscription> wanted) {
        int most = Page.limit(limit);
        List<Subscription> found = subscriptions.list(Page.after(after, CURSOR), most + 1, wanted);
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(Page.of(found, most, this::document, Subscription::id));
    }

    @GetMapping("/{id}")
    ResponseEntity<ObjectNode> get(@PathVariable String id) {
        return shown(subscriptions.find(id), id);
    }

    @PutMapping("/{id}")
    ResponseEntity<ObjectNode> put(@PathVariable String id, HttpServletRequest http) throws IOException {
        JsonNode body = JsonBodies.read(http);
        requireNotDeclared(id);
        Subscription current = subscriptions.find(id).orElseThrow(() -> unknown(id));
        SubscriptionRequest request = parsed(SubscriptionDocuments.withoutKeys(body, current), current);
        Subscription changed = checked(() -> subscriptions.replace(id, request)).orElseThrow(() -> unknown(id));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(warned(
                        changed,
                        SubscriptionDocuments.changed(current, changed, progress.of(changed), style(changed))));
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id) {
        requireNotDeclared(id);
        if (!subscriptions.delete(id)) throw unknown(id);
        return ResponseEntity.noContent().build();
    }

    @PostMapping("/{id}/pause")
    ResponseEntity<ObjectNode> pause(@PathVariable String id) {
        return shown(subscriptions.status(id, Status.PAUSED), id);
    }

    @PostMapping("/{id}/resume")
    ResponseEntity<ObjectNode> resume(@PathVariable String id, HttpServletRequest http) throws IOException {
        return resume(id, ResumeRequest.read(http));
    }

    ResponseEntity<ObjectNode> resume(String id, ResumeRequest wish) {
        Subscription present = subscriptions.find(id).orElseThrow(() -> unknown(id));
        if (wish instanceof ResumeRequest.Drop && present.status().state() == Status.State.ACTIVE)
            throw new ApiProblem(
                    409,
                    "The subscription is active",
                    "An active subscription holds no deliveries. Pause it first to drop deliveries.");
        refuseEnded(present);
        Completeness.require(present);
        switch (wish) {
            case ResumeRequest.Release ignored -> held.full(id);
            case ResumeRequest.Drop ignored -> held.drop(id);
            case ResumeRequest.Slow slow -> held.slow(id, slow.perSecond());
        }
        held.tryNow(id);
        return shown(subscriptions.status(id, Status.ACTIVE), id);
    }

    /** Rejects the request for an ended subscription, except while it still delivers its last events. */
    private void refuseEnded(Subscription subscription) {
        Status ended = subscriptions.ended(subscription).orElse(null);
        if (ended == null
                || ended.reason().equals("max-events")
                        && progress.of(subscription).lag() > 0) return;
        throw new ApiProblem(
                409,
                "The subscription has ended",
                "The subscription ended with reason " + ended.reason()
                        + ". Replace it (PUT) with a later config.expires or a larger config.maxevents.");
    }

    @PostMapping("/{id}/rotate-secret")
    ResponseEntity<ObjectNode> rotate(@PathVariable String id) {
        Subscription rotated = subscriptions.rotate(id).orElseThrow(() -> unknown(id));
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(SubscriptionDocuments.withSecret(rotated, progress.of(rotated), style(rotated)));
    }

    @PostMapping("/{id}/test")
    CompletionStage<ResponseEntity<TestEvents.Result>> test(@PathVariable String id) {
        Subscription subscription = subscriptions.find(id).orElseThrow(() -> unknown(id));
        Completeness.require(subscription);
        if (!subscriptions.mayCall(subscription))
            throw new ApiProblem(
                    409,
                    "Consent of the sink is missing",
                    "No event is sent to a sink before its consent. POST …/resume requests the consent again.");
        return testEvents
                .send(subscription)
                .thenApply(result ->
                        ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(result));
    }

    /** A subscription that is declared in a file can only be changed there. */
    private void requireNotDeclared(String id) {
        if (subscriptions.declared(id))
            throw new ApiProblem(
                    409,
                    "The subscription is declared in a file",
                    "Edit that file (eventful.subscriptions.file) instead; pause, resume, test and rotate-secret"
                            + " work.");
    }

    private ResponseEntity<ObjectNode> shown(Optional<Subscription> subscription, String id) {
        Subscription found = subscription.orElseThrow(() -> unknown(id));
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(document(found));
    }

    private ObjectNode document(Subscription subscription) {
        return SubscriptionDocuments.of(subscription, progress.of(subscription), style(subscription));
    }

    private static NameStyle style(Subscription subscription) {
        return subscription.request().style();
    }

    private SubscriptionRequest parsed(JsonNode body, @Nullable Subscription current) {
        return checked(() -> requests.parse(body, current));
    }

    static <T> T checked(Supplier<T> action) {
        try {
            return action.get();
        } catch (InvalidSubscriptionException e) {
            throw ApiProblem.invalid("Invalid subscription", e.problems());
        }
    }

    private static ApiProblem unknown(String id) {
        String shown = id.length() > 64 ? id.substring(0, 64) + "…" : id;
        return new ApiProblem(404, "No such subscription", "There is no subscription " + shown + ".");
    }
}
