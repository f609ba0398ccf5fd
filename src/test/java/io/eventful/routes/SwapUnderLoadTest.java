package io.eventful.routes;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwapUnderLoadTest {

    @TempDir
    Path folder;

    @Test
    void noRequestFailsAndNoChangeIsLostOrDoubledInTwentySwaps() throws Exception {
        new SwapLoad(folder).run(20);
    }
}
