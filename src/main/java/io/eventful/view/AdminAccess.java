package io.eventful.view;

import io.eventful.edge.RequestHead;

/** Checks the admin key, which also grants access to views with {@code access=key}. */
@FunctionalInterface
public interface AdminAccess {

    /**
     * True if the key is the admin key; compared in constant time. Any other key counts as a wrong key.
     *
     * @param head head of the request
     */
    boolean isAdminKey(String presented, RequestHead head);
}
