package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import io.eventful.store.TestStores;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresQueryPlanTest extends QueryPlanContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @Override
    Databases databases() {
        return TestStores.postgres(SERVER.freshUrl());
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
    String walk() {
        return "(->)?\\s*Seq Scan on (change|item) .*";
    }
}
