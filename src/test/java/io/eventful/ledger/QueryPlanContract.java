package io.eventful.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Item;
import io.eventful.store.Database;
import io.eventful.store.Databases;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * However long the ledger is, no query of it may walk through all of it: each filter of {@code GET /api/changes} and each
 * question about one item is answered by an index. The ledger here is long enough for a planner to care.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueryPlanContract {

    static final int CHANGES = 20_000;

    /** Fills the ledger: 4,000 items, ten resources of which the last is rare, one change in a thousand unknown. */
    private static final List<String> FILL = List.of(
            "INSERT INTO item (subject, source, scope, revision, position) SELECT '/customers/' || n,"
                    + " '/upstreams/default', '', 5, " + CHANGES + " - 4000 + n FROM numbers WHERE n <= 4000",
            "INSERT INTO change (position, item, revision, resource, action, time, outcome, head, before_position,"
                    + " after_image) SELECT n, 1 + (n - 1) % 4000, 1 + (n - 1) / 4000, CASE WHEN n % 1000 = 7 THEN 'rare'"
                    + " ELSE 'resource' || n % 9 END, CASE WHEN n % 1000 = 8 THEN 'reversed' ELSE 'updated' END, n, CASE"
                    + " WHEN n % 1000 = 7 THEN 'unknown' ELSE 'confirmed' END, head, CASE WHEN n > 4000 THEN n - 4000 END,"
                    + " after FROM numbers, sample");

    private static final byte[] HEAD = """
        {"order":"lane","guarantee":"intent","before":"absent","after":"known"}\
        """.getBytes();

    private Databases databases;
    private ExplainingDatabase database;
    private Changes changes;

    abstract Databases databases() throws Exception;

    /** A table {@code numbers}, of one column {@code n}: 1 to {@link #CHANGES}. */
    abstract String numbers();

    abstract String explain();

    /** What a step of a plan says that goes through a whole table or index, as a regular expression. */
    abstract String walk();

    abstract String blob();

    @BeforeAll
    void open() throws Exception {
        databases = databases();
        Database ledger = databases.open("ledger");
        ledger.write(this::fill).join();
        database = new ExplainingDatabase(ledger, explain());
        changes = new Changes(database);
    }

    @AfterAll
    void close() throws Exception {
        ((AutoCloseable) databases).close();
    }

    private Object fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE sample (head " + blob() + ", after " + blob() + ")");
            try (var insert = connection.prepareStatement("INSERT INTO sample VALUES (?, ?)")) {
                insert.setBytes(1, HEAD);
                insert.setBytes(2, "{\"n\":1}".getBytes());
                insert.executeUpdate();
            }
            statement.execute("CREATE TEMPORARY TABLE numbers AS " + numbers());
            for (String sql : FILL) statement.execute(sql);
            statement.execute("DROP TABLE numbers");
            statement.execute("ANALYZE");
        }
        return "";
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,-,-",
                "resource1,-,-",
                "rare,-,-",
                "-,/customers/77,-",
                "resource1,/customers/77,-",
                "-,-,unknown",
                "rare,-,unknown",
                "-,/customers/7,unknown",
                "rare,/customers/7,unknown"
            })
    void everyFilterOfTheLedgerIsAnsweredByAnIndex(
            @Nullable String resource, @Nullable String subject, @Nullable String outcome) {
        for (long after : new long[] {0, CHANGES / 2, CHANGES - 10}) {
            if (outcome == null) changes.find(after, 100, resource, subject);
            else changes.unresolved(after, 100, resource, subject);
            walksThroughNothing();
        }
    }

    @Test
    void everyQuestionAboutAnItemIsAnsweredByAnIndex() {
        Item item = Samples.item("/customers/77");
        assertThat(changes.latest(item)).isPresent();
        walksThroughNothing();
        assertThat(changes.revision(item, 2)).isPresent();
        walksThroughNothing();
        assertThat(changes.asOf(item, CHANGES / 2)).isPresent();
        walksThroughNothing();
        assertThat(changes.asOf(item, Instant.ofEpochSecond(0, CHANGES / 2))).isPresent();
        walksThroughNothing();
        assertThat(changes.creation(item)).isEmpty();
        walksThroughNothing();
        assertThat(changes.madeAgain(77)).isEmpty();
        walksThroughNothing();
        assertThat(changes.items("/customers/77", 10)).hasSize(1);
        walksThroughNothing();
        List<Item> several = IntStream.range(70, 90)
                .mapToObj(n -> Samples.item("/customers/" + n))
                .toList();
        long position = database.read(
                connection -> ItemRows.of(connection, several).head(item).position());
        assertThat(position).isPositive();
        walksThroughNothing();
    }

    private void walksThroughNothing() {
        List<String> plan = database.plan();
        assertThat(plan).isNotEmpty();
        assertThat(plan).as(String.join("\n", plan)).noneMatch(step -> step.matches(walk()));
    }
}
