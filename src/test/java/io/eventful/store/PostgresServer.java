package io.eventful.store;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real PostgreSQL server for the tests of one class: a static field with {@code @RegisterExtension}. */
public final class PostgresServer implements BeforeAllCallback, AfterAllCallback {

    private EmbeddedPostgres server;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        // A nested class begins within its outer one, which has started the server.
        if (server == null) server = EmbeddedPostgres.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (context.getRequiredTestClass().isMemberClass()) return;
        server.close();
        server = null;
    }

    public String url() {
        return url("postgres");
    }

    /** The URL of an empty database of its own. */
    public String freshUrl() {
        String name = "d" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name);
        return url(name);
    }

    private String url(String database) {
        return server.getJdbcUrl("postgres", database);
    }

    public Databases databases() {
        return TestStores.postgres(url());
    }

    /** Runs a statement in the common database, on a connection of its own. */
    public void execute(String sql) {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    Connection connection() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }
}
