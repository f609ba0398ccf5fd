package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresQueryPlanTest extends QueryPlanContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @AfterEach
    void empty() {
        SERVER.execute("TRUNCATE item, change RESTART IDENTITY");
    }

    @Override
    Databases databases() {
        return SERVER.databases();
    }

    @Override
    String numbers() {
        return "SELECT generate_series(1, " + CHANGES + ") AS n";
    }

    @Override
    String blob() {
        return "BYTEA";
    }

    @Override
    String explain() {
        return "EXPLAIN";
    }

    /** The table of what operators have resolved is empty here, and small anywhere. */
    @Override
    List<String> walks() {
        return List.of("(->)?\\s*Seq Scan on (change|item) .*");
    }
}
