package io.eventful.store;

import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a store is damaged, as far as reads and writes have met it: from then on until the restart, even though others
 * succeed, because only an operator can mend it. Logs it once. Thread-safe.
 */
final class Damage {

    private static final Logger log = LoggerFactory.getLogger(Damage.class);

    /** Where the operator reads how to mend it. */
    static final String SECTION = "docs/operation.md#a-damaged-database";

    private final String name;
    private final Dialect dialect;
    private volatile @Nullable String reason;

    Damage(String name, Dialect dialect) {
        this.name = name;
        this.dialect = dialect;
    }

    /** What is wrong and how to mend it; empty while no damage was met. */
    Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** Whether a failure shows that the store is damaged. */
    boolean isShownBy(Throwable e) {
        return e instanceof SQLException failure && dialect.fault(failure) == Dialect.Fault.DAMAGE;
    }

    /** Notes a failure that shows damage; gives what the caller is told. */
    StoreDamagedException found(Throwable e) {
        note(String.valueOf(e.getMessage()));
        return new StoreDamagedException(
                "store " + name + " at " + dialect.place() + " is damaged: " + e.getMessage(), remedy(), e);
    }

    private synchronized void note(String message) {
        if (reason != null) return;
        reason = "is damaged: " + message + "; " + remedy();
        log.error(
                "store.damaged store={} place={} reason=\"{}\" then=\"{}\"", name, dialect.place(), message, remedy());
    }

    private String remedy() {
        return name.equals(JdbcDatabases.MAIN)
                ? "stop the gateway, see what is damaged with ./eventful ledger verify, and restore a backup or import"
                        + " the last export into a new data folder (" + SECTION + ")"
                : "stop the gateway and restore a backup (" + SECTION + ")";
    }
}
