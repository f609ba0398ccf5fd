package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteQueryPlanTest extends QueryPlanContract {

    @TempDir
    static Path folder;

    @Override
    Databases databases() {
        return TestStores.sqlite(folder);
    }

    @Override
    String numbers() {
        return "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < " + CHANGES
                + ") SELECT n FROM counted";
    }

    @Override
    String blob() {
        return "BLOB";
    }

    @Override
    String explain() {
        return "EXPLAIN QUERY PLAN";
    }

    /** A SEARCH finds its place by an index; a SCAN goes through all. The rows that a statement itself has are few. */
    @Override
    String walk() {
        return "SCAN (?!.* VALUES CLAUSE).*";
    }
}
