package io.eventful.store;

import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Units that share a transaction. */
final class Group {

    private final Dialect dialect;
    private final List<Work<?>> works;

    Group(Dialect dialect, List<Work<?>> works) {
        this.dialect = dialect;
        this.works = works;
    }

    /**
     * Runs all units and leaves the transaction ready to commit. If one fails, everything is rolled back and each unit
     * runs again with its own savepoint, so that only the failing one is lost.
     *
     * @throws SQLException if the store failed; then no unit is completed
     */
    void run(Session session) throws SQLException {
        dialect.beginGroup(session.raw());
        if (together(session)) return;
        session.raw().rollback();
        dialect.beginGroup(session.raw());
        for (Work<?> work : works) apart(session, work);
    }

    private boolean together(Session session) throws SQLException {
        IdentityHashMap<Object, List<BatchWork<?, ?>>> batches = batches();
        try {
            for (Work<?> work : works) {
                if (!(work instanceof BatchWork<?, ?> first)) {
                    work.run(session);
                    continue;
                }
                List<BatchWork<?, ?>> all = batches.remove(first.kind());
                if (all != null) first.runWith(all, session);
            }
            return true;
        } catch (Throwable e) {
            throwIfStoreFailed(e);
            return false;
        }
    }

    private IdentityHashMap<Object, List<BatchWork<?, ?>>> batches() {
        IdentityHashMap<Object, List<BatchWork<?, ?>>> batches = new IdentityHashMap<>();
        for (Work<?> work : works)
            if (work instanceof BatchWork<?, ?> one)
                batches.computeIfAbsent(one.kind(), kind -> new ArrayList<>()).add(one);
        return batches;
    }

    private void apart(Session session, Work<?> work) throws SQLException {
        Savepoint savepoint = session.raw().setSavepoint();
        try {
            work.run(session);
        } catch (Throwable e) {
            throwIfStoreFailed(e);
            work.failed(e);
            session.raw().rollback(savepoint);
        }
        session.raw().releaseSavepoint(savepoint);
    }

    private void throwIfStoreFailed(Throwable e) throws SQLException {
        SQLException cause = sql(e);
        if (cause != null && dialect.fault(cause) != Dialect.Fault.UNIT) throw cause;
    }

    private static @Nullable SQLException sql(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) return sql;
        }
        return null;
    }

    void answer() {
        works.forEach(Work::answer);
    }

    void refuse(StoreUnavailableException e) {
        for (Work<?> work : works) work.refuse(e);
    }

    int size() {
        return works.size();
    }
}
