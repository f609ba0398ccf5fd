package io.eventful.claim;

/** Has the key that links are signed with. */
@FunctionalInterface
public interface ClaimSigner {

    /** A keyed digest of a text, in characters that need no escape in a URL; only who has the key can make it. */
    String mac(String text);
}
