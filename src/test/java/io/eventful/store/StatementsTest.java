package io.eventful.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that stay prepared are to units what fresh ones are. */
class StatementsTest {

    private static final String TWO = "SELECT 1 AS n UNION SELECT 2 ORDER BY n";

    @TempDir
    Path folder;

    private Databases databases;
    private Database database;

    @BeforeEach
    void open() {
        databases = TestStores.sqlite(folder);
        database = databases.open("contract");
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) databases).close();
    }

    private static int first(Connection connection, String sql) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Test
    void oneThatIsReadFromGoesOnWhateverElseIsPrepared() {
        for (int round = 0; round < 2; round++) {
            int sum = database.write(connection -> {
                        try (PreparedStatement outer = connection.prepareStatement(TWO);
                                ResultSet rows = outer.executeQuery()) {
                            rows.next();
                            int all = rows.getInt(1);
                            all += 10 * first(connection, TWO); // the same text, while it is in use
                            for (int i = 0; i < 300; i++) all += 100 * (first(connection, "SELECT " + i) == i ? 1 : 0);
                            rows.next();
                            return all + 1_000_000 * rows.getInt(1);
                        }
                    })
                    .join();
            assertThat(sum).isEqualTo(1 + 10 + 30_000 + 2_000_000);
        }
    }

    @Test
    void nothingOfTheUnitBeforeIsLeftInIt() {
        String sql = "SELECT ? AS given";
        database.write(connection -> {
                    try (PreparedStatement select = connection.prepareStatement(sql)) {
                        select.setInt(1, 7);
                        return select.executeQuery().next();
                    }
                })
                .join();
        assertThat(database.write(connection -> first(connection, sql)).join())
                .as("no parameter was given")
                .isZero();
    }

    @Test
    void oneThatIsClosedStaysSo() {
        boolean closed = database.write(connection -> {
                    PreparedStatement select = connection.prepareStatement(TWO);
                    select.close();
                    select.close();
                    assertThatThrownBy(select::executeQuery)
                            .isInstanceOf(SQLException.class)
                            .hasMessageContaining("closed");
                    return select.isClosed();
                })
                .join();
        assertThat(closed).isTrue();
    }
}
