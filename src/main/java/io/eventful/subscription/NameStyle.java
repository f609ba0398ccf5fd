package io.eventful.subscription;

/** How the members of a subscription are spelled: both forms are read, and a reply uses the form of its request. */
public enum NameStyle {
    /** {@code sinkcredential}, as the CloudEvents Subscriptions API writes them. */
    LOWER,
    /** {@code sinkCredential}, as its best-known adopters write them. */
    CAMEL
}
