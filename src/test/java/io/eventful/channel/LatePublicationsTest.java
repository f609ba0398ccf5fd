package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import io.eventful.event.Publication;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LatePublicationsTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void whatIsOlderThanSomeSecondsIsNotKnown() {
        LatePublications late = new LatePublications();
        Event event = ChannelFixture.event("/k", 1);
        late.add(new Publication(7, "c", event, NOW));
        assertThat(late.find("c", 1, event.source(), event.id(), NOW.plusSeconds(9)))
                .hasValue(7);
        assertThat(late.find("c", 1, event.source(), event.id(), NOW.plusSeconds(10)))
                .isEmpty();
    }

    /** However many share a place: what is known is right. */
    @Property(tries = 20)
    void noneIsTakenForAnother(@ForAll @IntRange(min = 1, max = 20_000) int events) {
        LatePublications late = new LatePublications();
        for (int i = 1; i <= events; i++) late.add(new Publication(i, "c", ChannelFixture.event("/k", i), NOW));
        int known = 0;
        for (int i = 1; i <= events; i++) {
            Event event = ChannelFixture.event("/k", i);
            var found = late.find("c", i, event.source(), event.id(), NOW);
            if (found.isEmpty()) continue;
            assertThat(found).hasValue(i);
            known++;
        }
        assertThat(known).isPositive();
    }
}
