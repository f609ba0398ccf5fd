package io.eventful.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Event-carried state transfer (ECS): the whole item, or the reason why it is not known. */
final class StateRendering implements Rendering.Claimable {

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

    @Override
    public boolean isClaimable(Change change) {
        return ClaimCheck.state(change) instanceof Image.Known;
    }

    @Override
    public byte[] claim(Change change, RenderContext context, String link) {
        return writeClaim(new JsonWriter(512), change, link).toBytes();
    }

    static JsonWriter writeClaim(JsonWriter json, Change change, String link) {
        missing(json.ascii("{\"action\":").string(change.action()).ascii(",\"state\":"), ClaimCheck.REASON);
        if (ClaimCheck.state(change) instanceof Image.Known known) text(json, "digest", digest(change, known));
        text(json, "link", link);
        return json.raw('}');
    }

    static JsonWriter write(JsonWriter json, Change change, RenderContext context) {
        json.ascii("{\"action\":").string(change.action()).ascii(",\"state\":");
        Image image = ClaimCheck.state(change);
        switch (image) {
            case Image.Known known -> {
                json.value(known.json(), JsonWriter.Order.AS_READ);
                // What was seen after a call that nobody knows the outcome of need not be what it made.
                String partial = Reasons.partial(change, known);
                boolean whole = change.outcome() == Change.Outcome.CONFIRMED && partial == null;
                json.ascii(whole ? ",\"complete\":true" : ",\"complete\":false");
                if (!whole) text(json, "reason", partial == null ? change.reason() : partial);
                text(json, "digest", digest(change, known));
            }
            case Image.Digested digested -> {
                missing(json, digested.reason());
                json.ascii(",\"size\":").ascii(Long.toString(digested.size()));
                text(json, "digest", digested.digest());
                if (!digested.mediaType().isEmpty()) text(json, "mediaType", digested.mediaType());
            }
            case Image.Unknown unknown -> missing(json, unknown.reason());
            case Image.Absent absent -> {
                if (isKnownToBeGone(change)) json.ascii("null,\"complete\":true");
                else missing(json, change.reason() == null ? "absent" : change.reason());
            }
        }
        text(json, "link", context.link(change));
        return json.raw('}');
    }

    /** Of a delete, the last known state was to be told, and is not known. */
    private static boolean isKnownToBeGone(Change change) {
        return change.outcome() == Change.Outcome.CONFIRMED && !change.action().equals(EventType.DELETED);
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
