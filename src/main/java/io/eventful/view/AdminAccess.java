package io.eventful.view;

/** Knows the admin key, which opens views with {@code access=key} too. */
@FunctionalInterface
public interface AdminAccess {

    /** True when the presented key is the admin key; compared in constant time. */
    boolean isAdminKey(String presented);
}
