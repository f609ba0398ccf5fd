package io.eventful.view;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;

class SqliteViewTest extends ViewContract {

    @Override
    Databases stores(Path folder) {
        return TestStores.sqlite(folder);
    }
}
