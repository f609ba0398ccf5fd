package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.delivery.Deliveries.Search;
import org.junit.jupiter.api.Test;

/** An event is looked for in a long log. SQLite lets a test lengthen it without rows. */
class OldDeliveriesTest extends DeliveryFixture {

    /** A page looks through so many: the search goes on behind it. */
    @Test
    void anOldEventIsFoundOnALaterPage() {
        rig.subscribe(sink.url());
        for (int i = 1; i <= 3; i++) done(rig.publish(event("/customers/" + i, i)));
        rig.engine.core().log().flush().join();
        rig.engine
                .core()
                .database()
                .write(connection -> {
                    try (var run = connection.createStatement()) {
                        return run.executeUpdate(
                                "UPDATE delivery SET ordinal = ordinal + 500000 WHERE event_id <> 'e1'");
                    }
                })
                .join();
        Deliveries all = rig.engine.deliveries();
        Deliveries.Page page = all.list(new Search(null, null, null, "e1"), null, 100);
        int pages = 1;
        for (; page.items().isEmpty(); pages++) page = all.list(new Search(null, null, null, "e1"), page.next(), 100);
        assertThat(pages).isEqualTo(3);
        assertThat(page.items()).extracting(DeliveryRecord::event).containsExactly("e1");
        assertThat(page.next()).isNull();
    }
}
