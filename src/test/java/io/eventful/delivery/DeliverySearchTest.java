package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.Deliveries.Search;
import io.eventful.delivery.DeliveryRecord.State;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a change, or an event, went. */
class DeliverySearchTest extends DeliveryFixture {

    private List<String> found(@Nullable Long position, @Nullable String event) {
        return rig.engine.deliveries().list(new Search(null, null, position, event), null, 100).items().stream()
                .map(DeliveryRecord::event)
                .toList();
    }

    /** The numbers have one to three digits in the ids. */
    @Test
    void theDeliveriesOfAChangeAreFoundByItsPosition() {
        var first = rig.subscribe(sink.url());
        rig.subscribe(sink.url());
        for (int i : new int[] {1, 2, 35, 36, 37, 71, 72, 1295, 1296, 1297, 46_656})
            done(rig.publish(event("/customers/" + i, i)));
        for (long i : new long[] {1, 2, 35, 36, 37, 71, 72, 1295, 1296, 1297, 46_656})
            assertThat(found(i, null)).containsExactly("e" + i, "e" + i);
        assertThat(found(3L, null)).isEmpty();
        assertThat(rig.engine
                        .deliveries()
                        .list(new Search(first.id(), State.DELIVERED, 36L, "e36"), null, 100)
                        .items())
                .hasSize(1);
        assertThat(rig.engine
                        .deliveries()
                        .list(new Search(null, State.DEAD, 36L, null), null, 100)
                        .items())
                .isEmpty();
        Deliveries.Page page = rig.engine.deliveries().list(new Search(null, null, 36L, null), null, 1);
        assertThat(rig.engine
                        .deliveries()
                        .list(new Search(null, null, 36L, null), page.next(), 1)
                        .items())
                .hasSize(1)
                .doesNotContainAnyElementsOf(page.items());
    }

    @Test
    void thoseOfAnEventByItsId() {
        rig.subscribe(sink.url());
        for (int i = 1; i <= 5; i++) done(rig.publish(event("/customers/" + i, i)));
        assertThat(found(null, "e3")).containsExactly("e3");
        assertThat(found(3L, "e3")).containsExactly("e3");
        assertThat(found(4L, "e3")).isEmpty();
    }
}
