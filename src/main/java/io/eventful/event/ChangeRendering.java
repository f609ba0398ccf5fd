package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Event sourcing (ES): what changed, and what takes it back. */
final class ChangeRendering implements Rendering {

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
        JsonWriter json = new JsonWriter(1024);
        json.ascii("{\"action\":").string(change.action());
        patch(json.ascii(",\"patch\":"), change.patch());
        patch(json.ascii(",\"inverse\":"), change.inverse());
        text(json.ascii(",\"beforeDigest\":"), change.beforeDigest());
        text(json.ascii(",\"afterDigest\":"), change.afterDigest());
        json.ascii(change.reversible() ? ",\"reversible\":true" : ",\"reversible\":false");
        String reason = Reasons.of(change);
        if (!change.reversible() && reason != null) json.ascii(",\"reason\":").string(reason);
        return json.raw('}').toBytes();
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
