package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The variant {@code change-object}: one flat object with the changed members. Members with a name that the message itself
 * uses are given by their JSON Pointer.
 */
final class ChangeObjectRendering implements Rendering.Splittable {

    private static final Set<String> OWN_MEMBERS = Set.of("created_at", "updated_at", "removed", "reason");

    @Override
    public String name() {
        return "change-object";
    }

    @Override
    public Set<String> options() {
        return Set.of();
    }

    @Override
    public byte[] data(Change change, RenderContext context) {
        JsonWriter json = begin(change);
        Optional<List<FlatChanges.Member>> members = FlatChanges.of(change);
        changed(json, members.orElse(List.of()), change);
        String reason = Reasons.of(change);
        if (members.isEmpty() && reason != null) json.ascii(",\"reason\":").string(reason);
        return json.raw('}').toBytes();
    }

    @Override
    public FlatChanges.Depth depth() {
        return FlatChanges.Depth.FLAT;
    }

    @Override
    public byte[] part(Change change, FlatChanges.Member member) {
        JsonWriter json = begin(change);
        changed(json, List.of(member), change);
        return json.raw('}').toBytes();
    }

    @Override
    public byte[] claim(Change change, RenderContext context, String link) {
        JsonWriter json = begin(change).ascii(",\"reason\":").string(ClaimCheck.REASON);
        return json.ascii(",\"link\":").string(link).raw('}').toBytes();
    }

    private static JsonWriter begin(Change change) {
        JsonWriter json = new JsonWriter(1024);
        member(json.raw('{'), "id", ItemFacts.id(change));
        member(json.raw(','), "created_at", ItemFacts.createdAt(change));
        member(json.raw(','), "updated_at", ItemFacts.updatedAt(change));
        return json;
    }

    private static void changed(JsonWriter json, List<FlatChanges.Member> members, Change change) {
        // A container that another container replaced is not among them: its removed members are listed separately.
        Set<String> gone = members.stream()
                .filter(member -> member.op() == FlatChanges.Op.REMOVE
                        || (member.op() == FlatChanges.Op.REPLACE && isSimple(member.value())))
                .map(FlatChanges.Member::pointer)
                .collect(Collectors.toSet());
        List<String> removed = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            FlatChanges.Member member = members.get(i);
            String pointer = member.pointer();
            // Skipped: its container is removed as a whole, or its own members are listed separately.
            if (member.op() == FlatChanges.Op.REMOVE && gone.contains(parent(pointer))) continue;
            if (i + 1 < members.size() && isFilled(member, members.get(i + 1))) continue;
            if (member.name().equals("created_at")
                    && ItemFacts.createdAt(change).equals(member.value())) continue;
            if (member.name().equals("updated_at")
                    && ItemFacts.updatedAt(change).equals(member.value())) continue;
            String name = OWN_MEMBERS.contains(member.name()) ? pointer : member.name();
            // Told at the beginning, also of an item that is gone.
            if (name.equals("id")) continue;
            if (member.value() == null) removed.add(name);
            member(json.raw(','), name, member.value());
        }
        if (removed.isEmpty()) return;
        json.ascii(",\"removed\":[");
        for (int i = 0; i < removed.size(); i++) (i > 0 ? json.raw(',') : json).string(removed.get(i));
        json.raw(']');
    }

    private static boolean isSimple(@Nullable JsonNode value) {
        return value == null || !value.isContainerNode();
    }

    private static @Nullable String parent(String pointer) {
        return pointer.isEmpty() ? null : pointer.substring(0, pointer.lastIndexOf('/'));
    }

    private static boolean isFilled(FlatChanges.Member member, FlatChanges.Member next) {
        return member.value() != null
                && next.op() == FlatChanges.Op.ADD
                && next.pointer().startsWith(member.pointer() + '/');
    }

    private static void member(JsonWriter json, String name, @Nullable JsonNode value) {
        json.string(name).raw(':').value(value == null ? NullNode.instance : value, JsonWriter.Order.AS_READ);
    }
}
