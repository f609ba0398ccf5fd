package io.eventful.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A prepared statement that is reused after {@code close()}: closing resets it and returns it to its connection. After a
 * failure it is really closed, because its state then depends on the driver.
 */
final class CachedStatement implements InvocationHandler {

    private final PreparedStatement target;
    private final UnaryOperator<String> texts;
    private final PreparedStatement lent;
    private @Nullable ResultSet open;
    private boolean inUse;
    private boolean failed;

    CachedStatement(PreparedStatement target, UnaryOperator<String> texts) {
        this.target = target;
        this.texts = texts;
        this.lent = (PreparedStatement) Proxy.newProxyInstance(
                CachedStatement.class.getClassLoader(), new Class<?>[] {PreparedStatement.class}, this);
    }

    boolean free() {
        return !inUse && !failed;
    }

    PreparedStatement lend() {
        inUse = true;
        return lent;
    }

    void discard() throws SQLException {
        failed = true;
        if (!inUse) target.close();
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        switch (method.getName()) {
            case "close" -> {
                close();
                return null;
            }
            case "isClosed" -> {
                return !inUse;
            }
            default -> {
                return call(method, arguments);
            }
        }
    }

    private @Nullable Object call(Method method, Object @Nullable [] arguments) throws Throwable {
        if (!inUse) throw new SQLException("the statement is closed");
        // The second argument of a setter is the parameter's value.
        if (arguments != null && arguments.length > 1 && arguments[1] instanceof String text)
            arguments[1] = texts.apply(text);
        try {
            Object result = method.invoke(target, arguments);
            if (result instanceof ResultSet rows) open = rows;
            return result;
        } catch (InvocationTargetException e) {
            failed = true;
            throw e.getTargetException();
        }
    }

    private void close() throws SQLException {
        if (!inUse) return;
        inUse = false;
        ResultSet rows = open;
        open = null;
        if (failed) {
            target.close();
            return;
        }
        try {
            if (rows != null) rows.close();
            target.clearParameters();
            target.clearBatch();
        } catch (SQLException e) {
            failed = true;
            target.close();
        }
    }
}
