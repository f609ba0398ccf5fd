package io.eventful.capture;

/**
 * What a captured request is about to do.
 *
 * @param kind of write
 * @param subject canonical path of the item; of a create, of the collection
 * @param target raw path at which the item is seen; of a create, empty
 * @param resource noun for event types
 * @param action expected action
 */
record Write(Kind kind, String subject, String target, String resource, String action) {

    /** True when it is known before the call which item it writes. */
    boolean isOnItem() {
        return isNamed() && kind != Kind.COLLECTION;
    }

    /** True when it is known before the call what its change is about. */
    boolean isNamed() {
        return kind != Kind.CREATE && kind != Kind.BATCH;
    }

    /** The same on what turns out to be the collection of items that another route has. */
    Write onCollection() {
        return new Write(Kind.COLLECTION, subject, "", resource, action);
    }

    /** What a write does, by its method and path. */
    enum Kind {
        PUT,
        PATCH,
        DELETE,
        CREATE,
        /** A write on a collection that speaks of several of its items. */
        BATCH,
        /** A write on a collection itself: that it happened is told, and none of its items. */
        COLLECTION,
        ACTION
    }
}
