package io.eventful.delivery;

import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Databases that count what they execute. */
final class CountedStatements implements Databases, AutoCloseable {

    final AtomicInteger executed = new AtomicInteger();
    private final Databases real;

    CountedStatements(Databases real) {
        this.real = real;
    }

    @Override
    public Database open(String name) {
        return new Counted(real.open(name));
    }

    @Override
    public void close() throws Exception {
        ((AutoCloseable) real).close();
    }

    private Connection counted(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object made = invoke(connection, method, arguments);
                    return made instanceof Statement statement ? counted(statement) : made;
                });
    }

    private Statement counted(Statement statement) {
        return (Statement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, (proxy, method, arguments) -> {
                    String name = method.getName();
                    if (name.equals("addBatch") || name.startsWith("execute") && !name.equals("executeBatch"))
                        executed.incrementAndGet();
                    return invoke(statement, method, arguments);
                });
    }

    private static @Nullable Object invoke(
            Object target, java.lang.reflect.Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getTargetException();
        }
    }

    private final class Counted implements Database {

        private final Database database;

        Counted(Database database) {
            this.database = database;
        }

        @Override
        public <T extends @Nullable Object> CompletableFuture<T> write(Unit<T> unit) {
            return database.write(connection -> unit.run(counted(connection)));
        }

        @Override
        public <I, O extends @Nullable Object> CompletableFuture<O> write(Batch<I, O> batch, I input) {
            return database.write((connection, inputs) -> batch.run(counted(connection), inputs), input);
        }

        @Override
        public <T extends @Nullable Object> T read(Unit<T> unit) {
            return database.read(connection -> unit.run(counted(connection)));
        }

        @Override
        public void close() {
            database.close();
        }
    }
}
