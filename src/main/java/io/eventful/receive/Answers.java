package io.eventful.receive;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.Problems;
import io.eventful.event.Json;

/** What senders are told. */
final class Answers {

    private Answers() {}

    /** A problem document that is the same for all refusals of a kind. */
    static Answer refusal(Refusal.Kind kind, Provider provider, long retryAfterSeconds) {
        Answer problem = Problems.problem(kind.status(), kind.title(), kind.detail());
        Fields fields = problem.fields();
        if (kind == Refusal.Kind.METHOD) fields = fields.and("Allow", provider.consents() ? "POST, OPTIONS" : "POST");
        if (kind == Refusal.Kind.UNAUTHENTICATED && provider.challenge() != null)
            fields = fields.and("WWW-Authenticate", provider.challenge());
        if (retryAfterSeconds > 0) fields = fields.and("Retry-After", String.valueOf(retryAfterSeconds));
        return new Answer(problem.status(), fields, problem.body());
    }

    static Answer json(JsonNode json) {
        return new Answer(200, Fields.NONE.and("Content-Type", "application/json"), Json.bytes(json));
    }
}
