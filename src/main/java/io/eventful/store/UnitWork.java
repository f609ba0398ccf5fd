package io.eventful.store;

import org.jspecify.annotations.Nullable;

/** A queued unit that runs alone. */
final class UnitWork<T extends @Nullable Object> extends Work<T> {

    private final Database.Unit<T> unit;

    UnitWork(Database.Unit<T> unit) {
        this.unit = unit;
    }

    @Override
    T attempt(Session session) throws Exception {
        return unit.run(session.guarded());
    }
}
