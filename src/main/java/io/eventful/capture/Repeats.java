package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.OwnNames;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.ledger.KeptReply;
import io.eventful.ledger.KeyState;
import io.eventful.ledger.Ledger;
import java.util.OptionalLong;

/** Answers repeats of a request: with the reply of the first, else with what the ledger knows of it. */
final class Repeats {

    private static final byte[] NOTHING = {};

    private final Ledger ledger;

    Repeats(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param position whether callers of the route are told positions */
    Answer answer(KeyState state, CaptureOptions.Position position) {
        Answer answer = answer(state);
        OptionalLong at = state.position();
        boolean told = position == CaptureOptions.Position.EXPOSED && at.isPresent();
        return told ? answer.with(OwnNames.POSITION, Long.toString(at.getAsLong())) : answer;
    }

    private Answer answer(KeyState state) {
        return switch (state) {
            case KeyState.Open open -> Answers.keyRunning();
            case KeyState.Replied(String fingerprint, KeptReply reply, OptionalLong at) -> {
                byte[] body = reply.body();
                yield body == null ? Answers.replyNotKept(reply.status()) : KeptReplies.answer(reply, body);
            }
            case KeyState.Settled(String fingerprint, OptionalLong position) -> settled(position);
        };
    }

    private Answer settled(OptionalLong position) {
        if (position.isEmpty()) return reconstructed(204, Fields.NONE, NOTHING);
        return ledger.at(position.getAsLong()).map(Repeats::of).orElseGet(Answers::fateUnknown);
    }

    private static Answer of(Change change) {
        if (change.outcome() == Change.Outcome.UNKNOWN) return Answers.fateUnknown();
        boolean created = change.action().equals(EventType.CREATED);
        Fields fields = created ? Fields.NONE.and("Location", change.subject()) : Fields.NONE;
        if (change.after() instanceof Image.Known(JsonNode json, Image.Extent extent) && extent == Image.Extent.WHOLE)
            return reconstructed(created ? 201 : 200, fields.and("Content-Type", "application/json"), Json.bytes(json));
        return reconstructed(created ? 201 : 204, fields, NOTHING);
    }

    private static Answer reconstructed(int status, Fields fields, byte[] body) {
        return new Answer(status, fields.and(OwnNames.REPLAYED, "true").and(OwnNames.RECONSTRUCTED, "true"), body);
    }
}
