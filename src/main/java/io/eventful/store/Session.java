package io.eventful.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection with a cache of prepared statements. Units get a guarded view of it, with which they cannot end the
 * transaction. Used by one thread at a time.
 */
final class Session implements InvocationHandler, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Session.class);

    /** Maximum number of cached statements; the least recently used one is evicted. */
    private static final int STATEMENTS = 128;

    private final Connection target;
    private final Dialect dialect;
    private final Connection guarded;
    private final Map<String, CachedStatement> statements = new LinkedHashMap<>(STATEMENTS, 0.75f, true);

    /** @param dialect adapts statements and their parameters to the database */
    Session(Connection target, Dialect dialect) {
        this.target = target;
        this.dialect = dialect;
        this.guarded = (Connection)
                Proxy.newProxyInstance(Session.class.getClassLoader(), new Class<?>[] {Connection.class}, this);
    }

    /** The connection for units, which cannot commit, roll back or close it. */
    Connection guarded() {
        return guarded;
    }

    /** The connection for the store itself. */
    Connection raw() {
        return target;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "prepareStatement" -> {
                if (arguments != null && arguments.length == 1) return prepare((String) arguments[0]);
            }
            case "commit", "rollback", "close", "abort", "setAutoCommit", "setSavepoint", "releaseSavepoint" ->
                throw new SQLException(
                        "the transaction belongs to the store; a unit must not call " + method.getName());
            default -> {}
        }
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private Object prepare(String sql) throws SQLException {
        CachedStatement cached = statements.get(sql);
        if (cached != null && cached.free()) return cached.lend();
        CachedStatement fresh = new CachedStatement(target.prepareStatement(dialect.sql(sql)), dialect::text);
        CachedStatement replaced = statements.put(sql, fresh);
        if (replaced != null) replaced.discard();
        if (statements.size() > STATEMENTS) {
            String eldest = statements.keySet().iterator().next();
            CachedStatement gone = statements.remove(eldest);
            if (gone != null) gone.discard();
        }
        return fresh.lend();
    }

    @Override
    public void close() {
        try {
            target.close();
        } catch (SQLException e) {
            log.debug("store.close-failed reason=\"{}\"", e.toString());
        }
    }
}
