package io.eventful.subscription;

/** How far deliveries to a subscription have come. */
@FunctionalInterface
public interface Progress {

    /** Where a subscription stands now; may block on the store. */
    Position of(Subscription subscription);

    /**
     * @param position ledger position up to which everything it wants is delivered, or given up with a record
     * @param lag deliveries that wait
     */
    record Position(long position, long lag) {}
}
