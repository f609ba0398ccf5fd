package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Event sourcing (ES): the change as a JSON Patch, and the patch that reverses it. */
final class ChangeRendering implements Rendering.Splittable {

    @Override
    public String name() {
        return "change";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public byte[] data(Change change, RenderContext context) {
        return write(change, change.patch(), change.inverse());
    }

    /** One operation per member, including everything below it. */
    @Override
    public FlatChanges.Depth depth() {
        return FlatChanges.Depth.WHOLE;
    }

    /** The operation of one member; the digests are those of the whole item before and after the change. */
    @Override
    public byte[] part(Change change, FlatChanges.Member member) {
        return write(change, member.patch(), change.reversible() ? member.inverse() : null);
    }

    @Override
    public byte[] claim(Change change, RenderContext context, String link) {
        JsonWriter json = new JsonWriter(512);
        json.ascii("{\"action\":").string(change.action()).ascii(",\"patch\":null,\"inverse\":null");
        digests(json, change).ascii(",\"reversible\":false,\"reason\":").string(ClaimCheck.REASON);
        return json.ascii(",\"link\":").string(link).raw('}').toBytes();
    }

    private static byte[] write(Change change, @Nullable JsonNode patch, @Nullable JsonNode inverse) {
        JsonWriter json = new JsonWriter(1024);
        json.ascii("{\"action\":").string(change.action());
        patch(json.ascii(",\"patch\":"), patch);
        patch(json.ascii(",\"inverse\":"), inverse);
        digests(json, change);
        json.ascii(change.reversible() ? ",\"reversible\":true" : ",\"reversible\":false");
        String reason = Reasons.of(change);
        if (!change.reversible() && reason != null) json.ascii(",\"reason\":").string(reason);
        return json.raw('}').toBytes();
    }

    private static JsonWriter digests(JsonWriter json, Change change) {
        text(json.ascii(",\"beforeDigest\":"), change.beforeDigest());
        text(json.ascii(",\"afterDigest\":"), change.afterDigest());
        return json;
    }

    private static void patch(JsonWriter json, @Nullable JsonNode patch) {
        if (patch == null) json.ascii("null");
        else json.value(patch, JsonWriter.Order.AS_READ);
    }

    private static void text(JsonWriter json, @Nullable String text) {
        if (text == null) json.ascii("null");
        else json.string(text);
    }
}
