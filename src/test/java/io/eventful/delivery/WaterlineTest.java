package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.Progress;
import org.junit.jupiter.api.Test;

class WaterlineTest {

    private final Waterline waterline = new Waterline();

    @Test
    void theLowestPositionInTheAirCountsEachOfItsFlights() {
        waterline.flies(7);
        waterline.flies(5);
        waterline.flies(5);
        assertThat(waterline.flights()).isEqualTo(new Progress.Position(5, 3));
        waterline.landed(5);
        assertThat(waterline.flights()).isEqualTo(new Progress.Position(5, 2));
        waterline.landed(5);
        assertThat(waterline.flights()).isEqualTo(new Progress.Position(7, 1));
    }

    /** An event of somebody else tells of no change in the ledger. */
    @Test
    void whatHasNoPositionIsCountedAndHoldsNoneBack() {
        waterline.flies(0);
        assertThat(waterline.flights()).isEqualTo(new Progress.Position(Long.MAX_VALUE, 1));
        waterline.flies(5);
        assertThat(waterline.flights()).isEqualTo(new Progress.Position(5, 2));
        waterline.landed(0);
        assertThat(waterline.flights()).isEqualTo(new Progress.Position(5, 1));
    }
}
