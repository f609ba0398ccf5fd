package io.eventful.subscription;

/** Where the gateway's own history stands now; subscriptions begin relative to it. Calls may block on the store. */
public interface Positions {

    /** The highest position of the ledger; 0 when it is empty. */
    long ledgerHead();

    /** The highest sequence number of the stored publications; 0 when there is none. */
    long publicationHead();
}
