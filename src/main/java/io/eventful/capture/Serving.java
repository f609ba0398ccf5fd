package io.eventful.capture;

import io.eventful.edge.Call;
import io.eventful.edge.Handler;
import io.eventful.edge.RequestHead;
import io.eventful.edge.ScopeName;
import io.eventful.ledger.KeyClaim;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves captured calls: at once, or, where a route lets it, by handing them to who answers before they are done. */
public final class Serving {

    private final Tools tools;
    private final Executor threads;
    private final Precedence precedence;
    private final Supplier<CaptureTable> table;
    private volatile @Nullable Deferral deferral;

    /** @param threads runs each call on a virtual thread */
    Serving(Tools tools, Executor threads, Precedence precedence, Supplier<CaptureTable> table) {
        this.tools = tools;
        this.threads = tools.undertakings().on(threads);
        this.precedence = precedence;
        this.table = table;
    }

    /** What routes capture together; fails with {@link IllegalArgumentException} when they contradict each other. */
    CaptureTable table(Collection<CaptureRoute> routes) {
        return CaptureTable.of(routes, tools.source().destinations());
    }

    /** Who serves a write. */
    Handler handler(CaptureTable.Captured found) {
        Handler served = served(found);
        ScopeName scope = found.plan().options().scope();
        return call -> scope.refusal(call.head()).ifPresentOrElse(call::answer, () -> served.handle(call));
    }

    private Handler served(CaptureTable.Captured found) {
        Deferral taker = found.plan().options().commands() == CaptureOptions.Commands.SYNC ? null : deferral;
        if (taker == null) return call -> serve(call, found);
        return call -> taker.take(
                call,
                new DeferrableWrite(
                        call.head(), found.plan(), found.write(), tools.idempotency(), now -> serve(now, found)));
    }

    private void serve(Call call, CaptureTable.Captured found) {
        new CapturedCall(tools, call, found.plan(), found.write(), null)
                .start(work -> threads.execute(precedence.counted(work)));
    }

    /** Gives the writes of routes with {@code commands=prefer} and {@code async} to somebody. */
    public void deferTo(Deferral taker) {
        deferral = taker;
    }

    /**
     * Captures a call that was kept, on the caller's (virtual) thread: in its item's lane, however long that takes, and
     * with a claim of its own, which tells at any later time what became of it.
     *
     * @return false when no running route captures it; nothing has happened then
     */
    public boolean run(Call call, KeyClaim claim) {
        Optional<CaptureTable.Captured> found = table.get().match(call.head());
        Executor same = tools.undertakings().on(Runnable::run);
        found.ifPresent(write -> write.plan()
                .options()
                .scope()
                .refusal(call.head())
                .ifPresentOrElse(
                        call::answer,
                        () -> same.execute(new CapturedCall(tools, call, write.plan(), write.write(), claim))));
        return found.isPresent();
    }

    /** Whether the route that captures a request tells its callers positions. */
    public boolean isPositionExposed(RequestHead head) {
        return table.get()
                .match(head)
                .filter(found -> found.plan().options().position() == CaptureOptions.Position.EXPOSED)
                .isPresent();
    }

    /** Whether a status counts as done, by the options of the route that captures a request. */
    public boolean isSuccess(RequestHead head, int status) {
        return table.get()
                .match(head)
                .map(found -> found.plan().options().success().contains(status))
                .orElse(status >= 200 && status < 300);
    }
}
