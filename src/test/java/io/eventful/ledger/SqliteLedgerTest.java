package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteLedgerTest extends LedgerContract {

    @TempDir
    Path folder;

    private AutoCloseable closing;

    @Override
    Databases databases() {
        Databases databases = TestStores.sqlite(folder);
        closing = (AutoCloseable) databases;
        return databases;
    }

    @Override
    void closeDatabases() throws Exception {
        closing.close();
    }
}
