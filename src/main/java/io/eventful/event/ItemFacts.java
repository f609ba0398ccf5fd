package io.eventful.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** What the flat variants say about the item itself. */
final class ItemFacts {

    private ItemFacts() {}

    /** The item's own simple {@code id}, else the one in its path; null for a create whose path is not known. */
    static JsonNode id(Change change) {
        JsonNode own = item(change).path("id");
        if (own.isValueNode() && !own.isNull()) return own;
        String id = TextTemplate.id(change);
        return id.isEmpty() ? NullNode.instance : JsonNodeFactory.instance.textNode(id);
    }

    /** The item's own time of creation, else the time of this change when it is the creation; null otherwise. */
    static JsonNode createdAt(Change change) {
        for (String name : new String[] {"created_at", "createdAt"}) {
            JsonNode own = item(change).path(name);
            if (own.isTextual()) return own;
        }
        boolean creation = change.action().equals(EventType.CREATED) && change.outcome() == Change.Outcome.CONFIRMED;
        if (!creation) return NullNode.instance;
        return JsonNodeFactory.instance.textNode(change.time().toString());
    }

    private static JsonNode item(Change change) {
        if (change.after() instanceof Image.Known after) return after.json();
        if (change.before() instanceof Image.Known before) return before.json();
        return MissingNode.getInstance();
    }
}
