package io.eventful.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Event-carried state (ECS): the whole item, or plain words about why it is not there. */
final class StateRendering implements Rendering {

    @Override
    public String name() {
        return "state";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public byte[] data(Change change, RenderContext context) {
        return write(new JsonWriter(2048), change, context).toBytes();
    }

    static JsonWriter write(JsonWriter json, Change change, RenderContext context) {
        json.ascii("{\"action\":").string(change.action()).ascii(",\"state\":");
        Image image = lastKnown(change);
        switch (image) {
            case Image.Known known -> {
                json.value(known.json(), JsonWriter.Order.AS_READ);
                boolean whole = !Reasons.REDACTED.equals(change.reason());
                json.ascii(whole ? ",\"complete\":true" : ",\"complete\":false");
                if (!whole) text(json, "reason", change.reason());
                text(json, "digest", digest(change, known));
            }
            case Image.Digested digested -> {
                missing(json, digested.reason());
                json.ascii(",\"size\":").ascii(Long.toString(digested.size()));
                text(json, "digest", digested.digest());
                if (!digested.mediaType().isEmpty()) text(json, "mediaType", digested.mediaType());
            }
            case Image.Unknown unknown -> missing(json, unknown.reason());
            case Image.Absent absent -> missing(json, change.reason() == null ? "absent" : change.reason());
        }
        text(json, "link", context.link(change));
        return json.raw('}');
    }

    /** The item after the change, or, when there is none any more, as it was last. */
    private static Image lastKnown(Change change) {
        return change.after() instanceof Image.Absent ? change.before() : change.after();
    }

    private static String digest(Change change, Image.Known known) {
        String digest = change.after() == known ? change.afterDigest() : change.beforeDigest();
        return digest == null ? Json.digest(known.json()) : digest;
    }

    private static void missing(JsonWriter json, String reason) {
        json.ascii("null,\"complete\":false");
        text(json, "reason", reason);
    }

    private static void text(JsonWriter json, String name, @Nullable String value) {
        if (value != null) json.raw(',').string(name).raw(':').string(value);
    }
}
