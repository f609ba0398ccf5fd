package io.eventful.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventful.edge.Answer;
import io.eventful.edge.Fields;
import io.eventful.edge.OwnNames;
import io.eventful.event.Change;
import io.eventful.event.EventType;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.ledger.KeptReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Replies as commands keep them. */
final class Replies {

    private final Execution execution;

    Replies(Execution execution) {
        this.execution = execution;
    }

    /** The reply, with the position of what it has changed, where callers are told that: they may want to read their write. */
    KeptReply told(KeptReply reply, OptionalLong position, Optional<StoredRequest> request) {
        boolean exposed = position.isPresent()
                && request.filter(kept -> execution.isPositionExposed(kept.head()))
                        .isPresent();
        if (!exposed) return reply;
        ArrayNode head = (ArrayNode) Json.parse(reply.head());
        head.addArray().add(OwnNames.POSITION).add(Long.toString(position.getAsLong()));
        return new KeptReply(reply.status(), Json.bytes(head), reply.body());
    }

    /** What is known of a reply that was lost: where a new item is, and how the item is now. */
    static KeptReply of(Change change) {
        boolean created = change.action().equals(EventType.CREATED);
        ArrayNode head = JsonNodeFactory.instance.arrayNode();
        if (created) head.addArray().add("Location").add(change.subject());
        if (!(change.after() instanceof Image.Known after))
            return new KeptReply(created ? 201 : 204, Json.bytes(head), new byte[0]);
        head.addArray().add("Content-Type").add("application/json");
        return new KeptReply(created ? 201 : 200, Json.bytes(head), Json.bytes(after.json()));
    }

    /** The fields of a reply. */
    static Fields fields(KeptReply reply) {
        List<Fields.Field> fields = new ArrayList<>();
        for (JsonNode field : Json.parse(reply.head()))
            fields.add(new Fields.Field(field.path(0).asText(), field.path(1).asText()));
        return new Fields(fields);
    }

    /** An answer of the gateway itself. */
    static KeptReply of(Answer answer) {
        ArrayNode head = JsonNodeFactory.instance.arrayNode();
        for (Fields.Field field : answer.fields().entries())
            head.addArray().add(field.name()).add(field.value());
        return new KeptReply(answer.status(), Json.bytes(head), answer.body());
    }
}
