package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A change as one message for every kind of item: a flat list of changed members with what they were. A container that
 * comes or goes has an entry of its own, empty, so that the list can be undone exactly, from its end.
 */
final class ChangeGenericRendering implements Rendering {

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
        JsonWriter json = new JsonWriter(1024).ascii("{\"id\":");
        value(json, ItemFacts.id(change));
        json.ascii(",\"resource\":").string(change.resource());
        json.ascii(",\"action\":").string(change.action());
        value(json.ascii(",\"created_at\":"), ItemFacts.createdAt(change));
        json.ascii(",\"updated_at\":").string(change.time().toString());
        json.ascii(",\"data\":[");
        int count = 0;
        for (FlatChanges.Member member : members.orElse(List.of())) {
            if (count++ > 0) json.raw(',');
            entry(json, member);
        }
        boolean reversible = change.reversible() && members.isPresent();
        json.ascii(reversible ? "],\"reversible\":true" : "],\"reversible\":false");
        String reason = Reasons.of(change);
        if (!reversible && reason != null) json.ascii(",\"reason\":").string(reason);
        return json.raw('}').toBytes();
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
