package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** Id and times of an item, for the variants {@code change-object} and {@code change-generic}. */
final class ItemFacts {

    private ItemFacts() {}

    /** The member {@code id} of the item, or else the last segment of its path; null for a create whose path is not known. */
    static JsonNode id(Change change) {
        JsonNode own = item(change).path("id");
        if (own.isValueNode() && !own.isNull()) return own;
        String id = TextTemplate.id(change);
        return id.isEmpty() ? NullNode.instance : JsonNodeFactory.instance.textNode(id);
    }

    /** The creation time in the item, or else the time of this change if it is the creation; null otherwise. */
    static JsonNode createdAt(Change change) {
        for (String name : new String[] {"created_at", "createdAt"}) {
            JsonNode own = item(change).path(name);
            if (own.isTextual()) return own;
        }
        boolean creation = change.action().equals(EventType.CREATED) && change.outcome() == Change.Outcome.CONFIRMED;
        if (!creation) return NullNode.instance;
        return JsonNodeFactory.instance.textNode(change.time().toString());
    }

    /** The time of the last update in the item that the change has left, or else the time of this change. */
    static JsonNode updatedAt(Change change) {
        if (change.after() instanceof Image.Known after)
            for (String name : new String[] {"updated_at", "updatedAt"})
                if (after.json().path(name).isTextual()) return after.json().path(name);
        return JsonNodeFactory.instance.textNode(change.time().toString());
    }

    private static JsonNode item(Change change) {
        if (change.after() instanceof Image.Known after) return after.json();
        if (change.before() instanceof Image.Known before) return before.json();
        return MissingNode.getInstance();
    }
}
