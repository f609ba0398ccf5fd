package io.eventful.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose databases are not in its data folder. */
class StoreElsewhereTest {

    @TempDir
    static Path elsewhere;

    @RegisterExtension
    final AdminRig rig =
            new AdminRig(AdminRig.NO_ROUTES, "eventful.store.url", "jdbc:sqlite:" + elsewhere.resolve("eventful.db"));

    @Test
    void theOverviewShowsBothDisksWithoutTheirBytes() {
        assertThat(rig.page("/console")).contains("storeDiskSpace", "diskSpace").doesNotContain("threshold");
    }
}
