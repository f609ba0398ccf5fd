package io.eventful.view;

import io.eventful.edge.RequestHead;

/** Knows the admin key, which opens views with {@code access=key} too. */
@FunctionalInterface
public interface AdminAccess {

    /**
     * True when the presented key is the admin key; compared in constant time. Any other counts as a guess.
     *
     * @param head of the request that presents it
     */
    boolean isAdminKey(String presented, RequestHead head);
}
