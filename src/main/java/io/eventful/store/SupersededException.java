package io.eventful.store;

import java.sql.SQLException;

/**
 * Another gateway has written the store since this one did. What this one has in memory is of before, so it must not write
 * again.
 */
final class SupersededException extends SQLException {

    private static final long serialVersionUID = 1L;

    SupersededException() {
        super("another gateway has used this database meanwhile (or it was set back to an earlier state): restart this"
                + " gateway, which writes nothing more");
    }
}
