package io.eventful.capture;

import io.eventful.edge.ScopeName;
import io.eventful.event.Item;

/**
 * A read of a captured template that a view is to answer.
 *
 * @param view name of the view
 * @param upstream that answers when the view does not
 * @param item the item, or the collection
 * @param scope what in a request belongs to the item's identity
 * @param target which of both
 */
public record ViewQuery(String view, String upstream, Item item, ScopeName scope, Target target) {

    /** What is read. */
    public enum Target {
        ITEM,
        COLLECTION
    }
}
