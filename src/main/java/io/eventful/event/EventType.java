package io.eventful.event;

import java.util.Set;

/** The CloudEvents {@code type} of a change, and the names of the standard actions. */
public final class EventType {

    public static final String CREATED = "created";
    public static final String UPDATED = "updated";
    public static final String DELETED = "deleted";
    public static final String DRIFTED = "drifted";
    public static final String REVERSED = "reversed";
    public static final String RECEIVED = "received";

    /** The actions that mean the same for every resource; others are a route's own words. */
    public static final Set<String> ACTIONS = Set.of(CREATED, UPDATED, DELETED, DRIFTED, REVERSED, RECEIVED);

    private EventType() {}

    /**
     * {@code <resource>.<action>}; for a received webhook with an event name, the resource is already the whole type
     * ({@code github.issues}).
     */
    public static String of(Change change) {
        if (change.action().equals(RECEIVED) && change.resource().indexOf('.') >= 0) return change.resource();
        return change.resource() + '.' + change.action();
    }
}
