package io.eventful.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.edge.ScopeName;
import io.eventful.event.Change;
import io.eventful.event.Image;
import io.eventful.event.Item;
import io.eventful.harness.TestClock;
import io.eventful.ledger.RecordedCall;
import io.eventful.store.Databases;
import io.eventful.store.TestStores;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a view tells of changes that do not come, or that tell no state. */
class ViewFilteredTest extends ViewFixture {

    private static final Sources FILTERED = new TestSources(change -> true, ScopeName.NONE, Sources.Passage.FILTERED);

    private final TestClock clock = new TestClock(Instant.now());

    @Override
    Databases stores(Path folder) {
        return TestStores.sqlite(folder);
    }

    @Override
    Clock clock() {
        return clock;
    }

    @Test
    void anItemWhoseChangeAFilterKeptBackIsReadByItsPositionAfterAWhile() {
        view.close();
        view = rig.views.register("customers", ViewOptions.parse(Map.of("access", "open")), FILTERED);
        filled();
        project("/customers/1", "{\"id\":1}");
        String position = Long.toString(
                rig.change("/customers/1", "", "{\"id\":1,\"hidden\":true}").position());
        assertThat(rig.get(ONE, "Eventful-Min-Position", position).status()).isEqualTo(504);
        clock.advance(Duration.ofSeconds(6));
        assertThat(rig.get(ONE, "Eventful-Min-Position", position).body()).isEqualTo("{\"id\":1}");
    }

    @Test
    void aCreatedItemThatNobodyHasSeenIsThereAndNotKnown() {
        Item item = new Item(Rig.SOURCE, "", "/customers/1");
        Change change = RecordedCall.of(item, "created", new Image.Absent(), new Image.Unknown("fetch-failed:403"))
                .at(clock.instant())
                .in(rig.ledgers);
        Rig.project(view, Rig.event("state", change));
        assertThat(rig.get(ONE).status()).isEqualTo(503);
        assertThat(rig.views.rebuild("customers")).isEqualTo(Views.Rebuilding.STARTED);
        filled();
        assertThat(rig.get(ONE).status()).isEqualTo(503);
        assertThat(rig.get(LIST).body()).isEqualTo("[]");
    }
}
