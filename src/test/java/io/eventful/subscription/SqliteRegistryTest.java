package io.eventful.subscription;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;

class SqliteRegistryTest extends RegistryContract {

    @Override
    Databases databases() {
        return TestStores.sqlite(folder);
    }
}
