package io.eventful.view;

import io.eventful.event.Change;
import io.eventful.store.Databases;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A view of customers over a real ledger, on a store of the test. */
abstract class ViewFixture {

    static final String ONE = "/.eventful/views/customers/1";
    static final String LIST = "/.eventful/views/customers";

    @TempDir
    Path folder;

    Rig rig;
    Views.Registration view;

    abstract Databases stores(Path folder);

    Clock clock() {
        return Clock.systemUTC();
    }

    @BeforeEach
    void open() {
        rig = new Rig(folder, stores(folder), clock());
        view = rig.view("customers", Map.of("access", "open", "index", "status,total"));
        filled();
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
    }

    void filled() {
        Awaitility.await()
                .until(() -> rig.views.statuses().stream()
                        .noneMatch(one -> one.state().equals("rebuilding")));
    }

    Change project(String subject, String json) {
        Change change = rig.change(subject, "", json);
        Rig.project(view, Rig.event("state", change));
        return change;
    }
}
