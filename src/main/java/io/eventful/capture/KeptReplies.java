package io.eventful.capture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.eventful.edge.Answer;
import io.eventful.edge.Body;
import io.eventful.edge.Fields;
import io.eventful.edge.OwnNames;
import io.eventful.event.Image;
import io.eventful.event.Json;
import io.eventful.ledger.KeptReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replies as they are kept with idempotency keys: without what belongs to one connection, and without secrets. */
final class KeptReplies {

    /** Statuses that say: not done, come again. A repeat is sent. */
    private static final Set<Integer> COME_AGAIN = Set.of(408, 421, 425, 429, 503);

    /** Made anew with each answer, for the caller's proxy, or a credential. */
    private static final Set<String> DROPPED = Set.of(
            "content-length",
            "date",
            "proxy-authenticate",
            "proxy-authentication-info",
            "set-cookie",
            "set-cookie2",
            "trailer");

    /** No longer true of a body that has been redacted. */
    private static final Set<String> OF_THE_BYTES =
            Set.of("accept-ranges", "content-digest", "content-encoding", "content-md5", "digest", "repr-digest");

    private KeptReplies() {}

    /**
     * What is kept of a reply; null when a repeat of its request is to be sent.
     *
     * @param read what was read of its body as a document
     * @param limit bytes of a body that are kept
     */
    static @Nullable KeptReply of(
            int status, Fields fields, Body body, Content read, CaptureOptions options, int limit) {
        if (COME_AGAIN.contains(status)) return null;
        Content content =
                read.json() == null ? Documents.problem(body, fields, options).orElse(read) : read;
        boolean redacted = !options.redact().isEmpty() && !isClean(body, content);
        byte[] bytes = redacted ? redacted(content) : body instanceof Body.Whole(byte[] whole) ? whole : null;
        if (content.image() instanceof Image.Known known && Elsewhere.has(known.json(), options.redact())) bytes = null;
        byte[] kept = bytes != null && bytes.length <= limit ? bytes : null;
        return new KeptReply(status, head(fields, redacted ? OF_THE_BYTES : Set.of()), kept);
    }

    /** Nothing was there to be taken out, so the bytes may be kept as they came. */
    private static boolean isClean(Body body, Content read) {
        return body instanceof Body.Whole(byte[] all)
                && (all.length == 0 || read.json() != null && !read.note().equals(Content.REDACTED));
    }

    /** Where parts are redacted, only a document of which they can be taken out is kept. */
    private static byte @Nullable [] redacted(Content read) {
        return read.image() instanceof Image.Known known ? Json.bytes(known.json()) : null;
    }

    private static byte[] head(Fields fields, Set<String> alsoDropped) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        for (Fields.Field field :
                fields.endToEnd().without(DROPPED).without(alsoDropped).entries())
            json.addArray().add(field.name()).add(field.value());
        return Json.bytes(json);
    }

    /** The reply again; its body must be known. */
    static Answer answer(KeptReply reply, byte[] body) {
        return new Answer(reply.status(), fields(reply).and(OwnNames.REPLAYED, "true"), body);
    }

    static Fields fields(KeptReply reply) {
        List<Fields.Field> fields = new ArrayList<>();
        for (JsonNode field : Json.parse(reply.head()))
            fields.add(new Fields.Field(field.path(0).asText(), field.path(1).asText()));
        return new Fields(fields);
    }
}
