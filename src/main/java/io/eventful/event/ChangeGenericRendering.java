package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The variant {@code change-generic}: one message format for every resource, a flat list of the changed members with their
 * previous values. An added or removed object or array has an empty entry of its own, so that the list can be reverted
 * exactly, from its end.
 */
final class ChangeGenericRendering implements Rendering.Splittable {

    @Override
    public String name() {
        return "change-generic";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public byte[] data(Change change, RenderContext context) {
        Optional<List<FlatChanges.Member>> members = FlatChanges.of(change);
        JsonWriter json = entries(begin(change), members.orElse(List.of()));
        if (change.reversible() && members.isPresent()) json.ascii(",\"reversible\":true");
        else irreversible(json, Reasons.of(change));
        return json.raw('}').toBytes();
    }

    @Override
    public FlatChanges.Depth depth() {
        return FlatChanges.Depth.FLAT;
    }

    @Override
    public byte[] part(Change change, FlatChanges.Member member) {
        JsonWriter json = entries(begin(change), List.of(member));
        if (change.reversible()) json.ascii(",\"reversible\":true");
        else irreversible(json, Reasons.of(change));
        return json.raw('}').toBytes();
    }

    @Override
    public byte[] claim(Change change, RenderContext context, String link) {
        JsonWriter json = entries(begin(change), List.of());
        irreversible(json, ClaimCheck.REASON);
        return json.ascii(",\"link\":").string(link).raw('}').toBytes();
    }

    private static JsonWriter begin(Change change) {
        JsonWriter json = new JsonWriter(1024).ascii("{\"id\":");
        value(json, ItemFacts.id(change));
        json.ascii(",\"resource\":").string(change.resource());
        json.ascii(",\"action\":").string(change.action());
        value(json.ascii(",\"created_at\":"), ItemFacts.createdAt(change));
        value(json.ascii(",\"updated_at\":"), ItemFacts.updatedAt(change));
        return json;
    }

    private static JsonWriter entries(JsonWriter json, List<FlatChanges.Member> members) {
        json.ascii(",\"data\":[");
        for (int i = 0; i < members.size(); i++) entry(i > 0 ? json.raw(',') : json, members.get(i));
        return json.raw(']');
    }

    private static void irreversible(JsonWriter json, @Nullable String reason) {
        json.ascii(",\"reversible\":false");
        if (reason != null) json.ascii(",\"reason\":").string(reason);
    }

    private static void entry(JsonWriter json, FlatChanges.Member member) {
        json.ascii("{\"name\":").string(member.name());
        json.ascii(",\"op\":\"").ascii(ChangeJson.word(member.op()));
        value(json.ascii("\",\"value\":"), member.value());
        value(json.ascii(",\"previous\":"), member.previous());
        json.raw('}');
    }

    private static void value(JsonWriter json, @Nullable JsonNode value) {
        json.value(value == null ? NullNode.instance : value, JsonWriter.Order.AS_READ);
    }
}
