package io.eventful.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store refuses to note that a file declares a subscription. */
class UndeclaredTest {

    @TempDir
    Path folder;

    private Databases stores;
    private Registry registry;

    @BeforeEach
    void open() {
        registry = new Registry(
                () -> {
                    stores = TestStores.sqlite(folder);
                    return stores;
                },
                folder);
        registry.open();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private void sql(String statement) {
        stores.open("delivery")
                .write(connection -> {
                    try (var run = connection.createStatement()) {
                        return run.executeUpdate(statement);
                    }
                })
                .join();
    }

    @Test
    void itIsNotedTheNextTime() {
        String id = registry.subscriptions.create(Samples.request("")).id();
        sql("CREATE TRIGGER full BEFORE INSERT ON subscription_declared BEGIN SELECT RAISE(ABORT, 'no space'); END");
        assertThatThrownBy(() -> registry.subscriptions.declare(id)).hasStackTraceContaining("no space");
        assertThat(registry.subscriptions.declared(id)).isFalse();
        sql("DROP TRIGGER full");
        registry.subscriptions.declare(id);
        assertThat(registry.subscriptions.declared(id)).isTrue();
        registry.reopen();
        assertThat(registry.subscriptions.declared(id)).isTrue();
    }
}
