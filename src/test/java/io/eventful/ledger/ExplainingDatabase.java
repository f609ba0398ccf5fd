package io.eventful.ledger;

import io.eventful.store.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A database that takes down how it runs each query that is read, with the parameters that it is given. */
final class ExplainingDatabase implements Database {

    private final Database database;
    private final String explain;
    private final List<String> plan = new ArrayList<>();

    /** @param explain what goes before a query, so that the answer is its plan, one step a row, told by the last column */
    ExplainingDatabase(Database database, String explain) {
        this.database = database;
        this.explain = explain;
    }

    /** The plan of what was read since the last call. */
    List<String> plan() {
        List<String> taken = List.copyOf(plan);
        plan.clear();
        return taken;
    }

    @Override
    public <T> T read(Unit<T> unit) {
        return database.read(connection -> unit.run(explaining(connection)));
    }

    private Connection explaining(Connection connection) {
        return proxy(Connection.class, (method, arguments) -> {
            Object result = call(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? explaining(statement, connection.prepareStatement(explain + ' ' + arguments[0]))
                    : result;
        });
    }

    private PreparedStatement explaining(PreparedStatement statement, PreparedStatement explained) {
        return proxy(PreparedStatement.class, (method, arguments) -> {
            if (method.getName().startsWith("set") || method.getName().equals("close"))
                call(explained, method, arguments);
            if (method.getName().equals("executeQuery")) take(explained);
            return call(statement, method, arguments);
        });
    }

    private void take(PreparedStatement explained) throws SQLException {
        try (ResultSet steps = explained.executeQuery()) {
            int last = steps.getMetaData().getColumnCount();
            while (steps.next()) plan.add(steps.getString(last).strip());
        }
    }

    @FunctionalInterface
    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                ExplainingDatabase.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method, arguments)));
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public <T> CompletableFuture<T> write(Unit<T> unit) {
        return database.write(unit);
    }

    @Override
    public <I, O> CompletableFuture<O> write(Batch<I, O> batch, I input) {
        return database.write(batch, input);
    }

    @Override
    public void close() {
        database.close();
    }
}
