package io.eventful.store;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresDatabaseTest extends DatabaseContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @Override
    JdbcDatabases databases(int queue) {
        StoreSettings settings = new StoreSettings(SERVER.url(), null, null, queue, 256, 2);
        return new JdbcDatabases(settings, new DataFolder(Path.of("unused")));
    }

    @BeforeEach
    void empty() throws Exception {
        SERVER.execute("TRUNCATE entry RESTART IDENTITY");
    }

    @Test
    void lostConnectionsAreReplacedWithoutAnyoneNoticing() throws Exception {
        database.write(insert("before")).get(10, SECONDS);
        assertThat(names()).hasSize(1);
        SERVER.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'eventful %'");
        database.write(insert("after")).get(10, SECONDS);
        assertThat(names()).containsExactly("before", "after");
    }

    /** A network that swallows everything would hold up the writer for as long as the system repeats its packets. */
    @Test
    void theWriterDoesNotWaitForEver() throws Exception {
        Duration wait =
                Duration.ofMillis(database.write(Connection::getNetworkTimeout).get(10, SECONDS));
        assertThat(wait).isBetween(Duration.ofSeconds(10), Duration.ofMinutes(2));
    }

    @Test
    void aSecondGatewayIsRefusedAndToldWhy() {
        JdbcDatabases second = databases(10);
        assertThatThrownBy(() -> second.open("contract"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("in use by another gateway")
                .hasMessageContaining("eventful.store.url");
        second.close();
    }

    @Test
    void whoLostTheStoreToAnotherGatewayWritesNothingMore() throws Exception {
        database.write(insert("before")).get(10, SECONDS);
        try (JdbcDatabases second = databases(10)) {
            CompletableFuture<Database> taken = CompletableFuture.supplyAsync(() -> second.open("contract"));
            await().atMost(30, SECONDS).until(() -> waiting() > 0);
            SERVER.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'eventful %'"
                            + " AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)");
            taken.get(30, SECONDS).write(insert("by the second")).get(10, SECONDS);
            assertThatThrownBy(() -> database.write(insert("by the first")).get(30, SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class);
            assertThat(names()).containsExactly("before", "by the second");
        }
        // What it knows is of before: it must not go on when the second one has ended.
        assertThatThrownBy(() -> database.write(insert("after")).get(30, SECONDS))
                .hasCauseInstanceOf(StoreUnavailableException.class)
                .hasMessageContainingAll("another gateway has used this database meanwhile", "restart");
        await().during(2, SECONDS)
                .until(() -> databases.problems().get("contract").isPresent());
        assertThat(names()).containsExactly("before", "by the second");
        close();
        reopen(1000);
        database.write(insert("after a restart")).get(30, SECONDS);
        assertThat(names()).containsExactly("before", "by the second", "after a restart");
    }

    /** A standby that gets some of the stores while it waits for the others changes nothing. */
    @Test
    void whoGetsTheStoreBackUnwrittenGoesOn() throws Exception {
        database.write(insert("before")).get(10, SECONDS);
        try (JdbcDatabases second = databases(10)) {
            CompletableFuture<Database> taken = CompletableFuture.supplyAsync(() -> second.open("contract"));
            await().atMost(30, SECONDS).until(() -> waiting() > 0);
            SERVER.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'eventful %'"
                            + " AND pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted)");
            taken.get(30, SECONDS);
        }
        database.write(insert("after")).get(30, SECONDS);
        assertThat(names()).containsExactly("before", "after");
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX001", "XX002"})
    void whatTheServerFindsDamagedIsToldUntilTheRestart(String state) {
        assertThatThrownBy(() -> database.read(connection -> connection
                        .createStatement()
                        .execute("DO $$ BEGIN RAISE EXCEPTION 'invalid page' USING ERRCODE = '" + state + "'; END $$")))
                .isInstanceOf(StoreDamagedException.class)
                .hasMessageContainingAll("invalid page", "restore a backup");
        assertThat(databases.problems().get("contract")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void aDatabaseThatCannotHoldEachTextIsRefused(String encoding) {
        String name = "in_" + encoding.toLowerCase(Locale.ROOT);
        SERVER.execute("CREATE DATABASE " + name + " ENCODING '" + encoding + "' LC_COLLATE 'C' LC_CTYPE 'C'"
                + " TEMPLATE template0");
        StoreSettings settings =
                new StoreSettings(SERVER.url().replace("/postgres?", '/' + name + '?'), null, null, 10, 256, 2);
        try (JdbcDatabases unfit = new JdbcDatabases(settings, new DataFolder(Path.of("unused")))) {
            assertThatThrownBy(() -> unfit.open("contract"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContainingAll(name, encoding, "UTF8", "eventful.store.url", "CREATE DATABASE");
        }
    }

    /** As when somebody alters a table: a limit of the role or the database ends the wait, and then it can be tried again. */
    @Test
    void aLockThatIsNotGotInTimeIsTheStoresFaultAndNotTheUnits() throws Exception {
        StoreSettings settings =
                new StoreSettings(SERVER.freshUrl() + "&options=-c%20lock_timeout=100", null, null, 100, 256, 2);
        try (JdbcDatabases impatient = new JdbcDatabases(settings, new DataFolder(Path.of("unused")));
                Connection other = DriverManager.getConnection(settings.url());
                Statement statement = other.createStatement()) {
            Database locked = impatient.open("contract");
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE entry");
            assertThatThrownBy(() -> locked.write(insert("refused")).get(30, SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class);
            other.rollback();
            locked.write(insert("taken")).get(30, SECONDS);
        }
    }

    @Test
    void aServerThatLetsNobodyInIsAway() throws Exception {
        String url = SERVER.freshUrl();
        String name = url.replaceAll(".*/([^/?]+)\\?.*", "$1");
        StoreSettings settings = new StoreSettings(url, null, null, 100, 256, 2);
        try (JdbcDatabases shutOut = new JdbcDatabases(settings, new DataFolder(Path.of("unused")))) {
            Database database = shutOut.open("contract");
            SERVER.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            SERVER.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
            assertThatThrownBy(() -> database.read(DatabaseContract::names))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> database.write(insert("refused")).get(30, SECONDS))
                    .hasCauseInstanceOf(StoreUnavailableException.class);
            SERVER.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            database.write(insert("taken")).get(30, SECONDS);
            List<String> names = database.read(DatabaseContract::names);
            assertThat(names).containsExactly("taken");
        }
    }

    private static int waiting() throws Exception {
        try (Connection connection = SERVER.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
