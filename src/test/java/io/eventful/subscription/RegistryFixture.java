package io.eventful.subscription;

import io.eventful.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Subscriptions on a store of their own. */
abstract class RegistryFixture {

    @TempDir
    Path folder;

    Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(() -> TestStores.sqlite(folder), folder);
        registry.open();
    }

    @AfterEach
    void close() {
        registry.close();
    }
}
