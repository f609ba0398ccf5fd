package io.eventful.routes;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("long")
class SwapUnderLoadIT {

    @TempDir
    Path folder;

    @Test
    void noRequestFailsAndNoChangeIsLostOrDoubledInAHundredSwaps() throws Exception {
        new SwapLoad(folder).run(100);
    }
}
