package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViewReadTest {

    /** The rows of the former copy are removed while it may still be read. */
    @Test
    void aReadDuringWhichTheCopyIsReplacedIsMadeAgain(@TempDir Path folder) throws Exception {
        Databases databases = TestStores.sqlite(folder);
        try (AutoCloseable open = (AutoCloseable) databases) {
            ViewStore store = new ViewStore(databases.open("views"));
            View view = new View("customers", store, ViewOptions.parse(Map.of()), Rig.ALL, 1);
            List<Long> read = new ArrayList<>();
            long answer = view.read(live -> {
                read.add(live.id());
                if (read.size() == 1) view.swap(store.begin("customers", List.of()), 5);
                return live.id();
            });
            assertThat(read).hasSize(2).doesNotHaveDuplicates();
            assertThat(answer).isEqualTo(view.live().id());
        }
    }
}
