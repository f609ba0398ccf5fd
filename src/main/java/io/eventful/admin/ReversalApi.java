package io.eventful.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.eventful.event.Change;
import io.eventful.event.ChangeJson;
import io.eventful.event.Json;
import io.eventful.ledger.Compensation;
import io.eventful.ledger.Ledger;
import io.eventful.ledger.MadeAgain;
import io.eventful.ledger.ReversalPlan;
import io.eventful.ledger.Reversals;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/changes/{position}/reversal}: reverses a change, or previews the reversal. */
@RestController
final class ReversalApi {

    private final Ledger ledger;
    private final Reversals reversals;
    private final ObjectProvider<Compensation> compensation;

    ReversalApi(Ledger ledger, Reversals reversals, ObjectProvider<Compensation> compensation) {
        this.ledger = ledger;
        this.reversals = reversals;
        this.compensation = compensation;
    }

    /** Whether to do it. */
    enum Wish {
        PREVIEW,
        APPLY
    }

    @PostMapping(path = "/api/changes/{position}/reversal", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletionStage<ResponseEntity<byte[]>> reverse(@PathVariable long position, HttpServletRequest request)
            throws IOException {
        return reverse(position, Members.optional(request, "apply").isTrue("apply") ? Wish.APPLY : Wish.PREVIEW);
    }

    CompletionStage<ResponseEntity<byte[]>> reverse(long position, Wish wish) {
        Change change = KnownChange.at(ledger, position);
        ReversalPlan.Possible plan = switch (reversals.plan(change)) {
            case ReversalPlan.Possible possible -> possible;
            case ReversalPlan.Impossible impossible -> throw impossible(impossible.reason());
            case ReversalPlan.TakenBack taken -> throw takenBack(taken.by());
            case ReversalPlan.MovedOn moved ->
                throw movedOn("the change at position " + moved.latest().position() + " has changed it since");
        };
        if (wish == Wish.PREVIEW) return CompletableFuture.completedFuture(ResponseEntity.ok(preview(plan)));
        Compensation way = compensation.getIfAvailable();
        if (way == null)
            throw new ApiProblem(
                    501, "Not available", "This gateway has no upstream to send the compensating call to.");
        return way.apply(change).thenApply(ReversalApi::answer);
    }

    private static byte[] preview(ReversalPlan.Possible plan) {
        Change change = plan.change();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("position", change.position());
        json.put("subject", change.item().subject());
        json.put("applied", false);
        json.put("method", plan.method());
        json.put("path", plan.path());
        if (plan.ifMatch() != null) json.put("ifMatch", plan.ifMatch());
        ReversalPlan.Possible otherwise = plan.otherwise();
        if (otherwise != null)
            json.putObject("otherwise").put("method", otherwise.method()).put("path", otherwise.path());
        json.set("patch", change.inverse());
        json.set("state", plan.state());
        return Json.bytes(json);
    }

    private static ResponseEntity<byte[]> answer(Compensation.Result result) {
        return switch (result) {
            case Compensation.Result.Reversed reversed ->
                ResponseEntity.created(
                                URI.create("/api/changes/" + reversed.change().position()))
                        .body(ChangeJson.bytes(reversed.change()));
            case Compensation.Result.MovedOn moved -> throw movedOn(moved.reason());
            case Compensation.Result.Impossible impossible -> throw impossible(impossible.reason());
            case Compensation.Result.NotSent not ->
                throw ApiProblem.later(
                        "The reversal was not sent", "Nothing was sent: " + not.reason() + ". Try again later.");
            case Compensation.Result.Unsettled unsettled ->
                throw new ApiProblem(
                        502,
                        "The outcome of the reversal is not known yet",
                        "The call may have been executed: " + unsettled.reason()
                                + ". Its outcome is being determined; look for the reversing change in the ledger.");
            case Compensation.Result.Refused refused ->
                throw new ApiProblem(
                        502,
                        "The upstream rejected the reversal",
                        "The upstream responded with status " + refused.status() + ".");
        };
    }

    private static ApiProblem movedOn(String reason) {
        return new ApiProblem(
                409,
                "The item was changed since",
                "The item is no longer in the state that the change left: " + reason + ".");
    }

    private static ApiProblem takenBack(MadeAgain by) {
        String done = by.item() != null
                ? "The item was made again by the change at position "
                : "The item may have been made again by the call of unknown outcome at position ";
        return new ApiProblem(409, "The change was already reversed", done + by.position() + ".");
    }

    private static ApiProblem impossible(String reason) {
        return new ApiProblem(422, "Not reversible", "The change cannot be reversed: " + reason + ".");
    }
}
