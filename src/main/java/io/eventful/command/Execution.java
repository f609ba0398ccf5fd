package io.eventful.command;

import io.eventful.edge.Call;
import io.eventful.edge.RequestHead;
import io.eventful.ledger.KeyClaim;

/** What commands run on. The gateway's wiring gives it. */
public interface Execution {

    /**
     * Runs a call like a client's, in its item's lane, under a claim that tells later what became of it. Returns when
     * the call was answered.
     *
     * @return false when no running route captures it; nothing has happened then
     */
    boolean run(Call call, KeyClaim claim);

    /** Whether a status counts as done for a request. */
    boolean isSuccess(RequestHead head, int status);

    /** Whether callers are told the position of what a request has changed. */
    boolean isPositionExposed(RequestHead head);
}
