package io.eventful.capture;

import java.util.Set;

/**
 * What a reply may hide that says that a call was not done. The call counts as not applied, and its caller has been told; what is
 * found is a change all the same.
 *
 * @param tools shared by all calls
 * @param plan that captured the call
 * @param write what it was to do
 * @param journal what the ledger holds of it
 * @param turn that it holds; handed over when the item is looked at
 */
record Doubts(Tools tools, CapturePlan plan, Write write, Journal journal, Turn turn) {

    /** Errors of a system, or of a proxy before it, that may have applied the call. */
    private static final Set<Integer> FAILED = Set.of(500, 502, 504);

    /** There is no such item (RFC 9110 §15.5.5, §15.5.11). */
    private static final Set<Integer> GONE = Set.of(404, 410);

    /** Looks in the background, where the status is a reason to. */
    void after(int status) {
        if (FAILED.contains(status)) tools.settler().watch(new Question(journal, write.target(), plan.options()));
        if (GONE.contains(status) && mayLook())
            new Drift(tools).lookLater(journal.draft().item(), write.target(), plan.options(), turn.handOver());
    }

    private boolean mayLook() {
        return write.isOnItem()
                && !turn.isObserved()
                && plan.options().before() != CaptureOptions.Before.NONE
                && tools.source().hasCredential(plan.options().upstream());
    }
}
