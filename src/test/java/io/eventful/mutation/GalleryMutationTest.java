package io.eventful.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample of the mutations that {@link GalleryMutationIT} tries all of. */
class GalleryMutationTest {

    private static final int SAMPLE = 200;

    @TempDir
    Path folder;

    @Test
    void slipsInTheGalleryAreCaughtWhereTheyAre() {
        List<Mutation> sample = new Slips(SAMPLE).some(Gallery.mutations(), SAMPLE);
        assertThat(sample).hasSize(SAMPLE);
        assertThat(Gallery.escaped(sample, folder)).isEmpty();
    }

    @Test
    void theSameMutationsAreMadeAtEveryRun() {
        assertThat(Gallery.mutations()).isEqualTo(Gallery.mutations()).hasSizeGreaterThan(2000);
    }
}
