package io.eventful.ledger;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteMadeAgainTest extends MadeAgainContract {

    @TempDir
    Path folder;

    @TempDir
    Path other;

    private AutoCloseable closing;

    @Override
    Databases databases() {
        Databases databases = TestStores.sqlite(folder);
        closing = (AutoCloseable) databases;
        return databases;
    }

    @Override
    Databases otherDatabases() {
        return TestStores.sqlite(other);
    }

    @Override
    void closeDatabases() throws Exception {
        closing.close();
    }
}
