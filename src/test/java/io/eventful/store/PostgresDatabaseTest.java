package io.eventful.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresDatabaseTest extends DatabaseContract {

    private static EmbeddedPostgres server;

    @BeforeAll
    static void startServer() throws IOException {
        server = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    JdbcDatabases databases(int queue) {
        StoreSettings settings =
                new StoreSettings(server.getJdbcUrl("postgres", "postgres"), null, null, queue, 256, 2);
        return new JdbcDatabases(settings, new DataFolder(Path.of("unused")));
    }

    @BeforeEach
    void empty() throws Exception {
        administer("TRUNCATE entry RESTART IDENTITY");
    }

    private static void administer(String sql) throws Exception {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void lostConnectionsAreReplacedWithoutAnyoneNoticing() throws Exception {
        database.write(insert("before")).get(10, SECONDS);
        assertThat(names()).hasSize(1);
        administer("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'eventful %'");
        database.write(insert("after")).get(10, SECONDS);
        assertThat(names()).containsExactly("before", "after");
    }
}
