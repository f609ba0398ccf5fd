package io.eventful.view;

import io.eventful.store.Databases;
import io.eventful.store.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresViewTest extends ViewContract {

    @RegisterExtension
    static final PostgresServer SERVER = new PostgresServer();

    @AfterEach
    void empty() {
        SERVER.execute("TRUNCATE view_generation, view_item");
    }

    @Override
    Databases stores(Path folder) {
        return SERVER.databases();
    }
}
