package io.eventful.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every slip that the operators can make in a shipped route file is told by lint at its line, or turns one of the file's
 * own tests red.
 */
@Tag("long")
class GalleryMutationIT {

    @TempDir
    Path folder;

    @Test
    @Timeout(1800)
    void everySlipInTheGalleryIsCaughtWhereItIs() {
        List<Mutation> mutations = Gallery.mutations();
        assertThat(mutations).hasSizeGreaterThan(2000);
        assertThat(Gallery.escaped(mutations, folder)).isEmpty();
    }
}
