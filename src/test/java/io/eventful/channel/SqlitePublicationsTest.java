package io.eventful.channel;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqlitePublicationsTest extends PublicationsContract {

    @TempDir
    Path folder;

    @Override
    Databases databases() {
        return TestStores.sqlite(folder);
    }
}
