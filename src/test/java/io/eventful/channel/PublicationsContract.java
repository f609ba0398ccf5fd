package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.event.Event;
import io.eventful.event.Publication;
import io.eventful.store.Databases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of each event that was published, whatever database keeps it. */
abstract class PublicationsContract {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00.123Z");

    private Databases databases;
    private StoredPublications publications;

    /** An empty store. The result is {@link AutoCloseable}. */
    abstract Databases databases();

    @BeforeEach
    void open() {
        databases = databases();
        publications = at(NOW);
    }

    @AfterEach
    void close() throws Exception {
        ((AutoCloseable) databases).close();
    }

    private StoredPublications at(Instant now) {
        return new StoredPublications(databases.open("delivery"), Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Longer than what an index of PostgreSQL can hold, however well it is compressed. */
    @Test
    void anEventsNameMayBeOfAnyLength() {
        String longest = new Random(1)
                .ints(12_000, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        for (Event event : List.of(
                new Event(longest, "/s", "t", null, null, null, null, Map.of(), new byte[0]),
                new Event("evt", longest, "t", null, null, null, null, Map.of(), new byte[0]))) {
            Publication kept = publications.keep("c", event);
            assertThat(publications.keep("c", event).sequence()).isEqualTo(kept.sequence());
            assertThat(publications.find("c", event.position(), event.source(), event.id()))
                    .contains(kept);
        }
    }

    @Test
    void whatWasStoredLatelyIsKnownWithoutTheStoreAndNothingElse() {
        Event event = ChannelFixture.event("/k/1", 1);
        assertThat(publications.lately("c", 1, event.source(), event.id())).isEmpty();
        long sequence = publications.store("c", event).join().sequence();
        assertThat(publications.lately("c", 1, event.source(), event.id())).hasValue(sequence);
        assertThat(publications.lately("d", 1, event.source(), event.id())).isEmpty();
        assertThat(publications.lately("c", 2, event.source(), event.id())).isEmpty();
        assertThat(publications.lately("c", 1, "/other", event.id())).isEmpty();
        assertThat(publications.lately("c", 1, event.source(), "other")).isEmpty();
    }

    @Test
    void anEventIsReadAsItWasWritten() {
        byte[] bytes = {0, 1, (byte) 0xff, 0};
        Event odd = new Event(
                "evt_ü\uD83D\uDE00'\"",
                "/s",
                "customer.deleted",
                "/customers/ü",
                Instant.parse("2026-01-02T03:04:05.123456Z"),
                "application/octet-stream",
                "https://x/y",
                Map.of("position", "7", "traceparent", "00-1-2-01", "reason", "ä \"quoted\""),
                bytes);
        Event bare = new Event("evt_2", "/s", "t", null, null, null, null, Map.of(), new byte[0]);
        for (Event event : List.of(odd, bare)) {
            Publication kept = publications.keep("c", event);
            assertThat(publications.find("c", event.position(), event.source(), event.id()))
                    .hasValueSatisfying(found -> {
                        assertThat(found).isEqualTo(kept);
                        assertThat(found.event()).isEqualTo(event);
                        assertThat(found.time()).isEqualTo(NOW);
                    });
        }
        assertThat(publications.find("other", 7, "/s", odd.id())).isEmpty();
        assertThat(publications.find("c", 8, "/s", odd.id())).isEmpty();
    }

    @Test
    void aRepeatKeepsItsFirstPlaceAndTimeAlsoWithinOneBatch() {
        Event event = ChannelFixture.event("/k", 1);
        Publication first = publications.keep("c", event);
        assertThat(at(NOW.plus(Duration.ofHours(1))).keep("c", event)).isEqualTo(first);
        List<CompletableFuture<Publication>> batch = new ArrayList<>();
        for (int i = 0; i < 300; i++) batch.add(publications.store("c", ChannelFixture.event("/k", i % 100)));
        CompletableFuture.allOf(batch.toArray(CompletableFuture<?>[]::new)).join();
        for (int i = 0; i < 300; i++)
            assertThat(batch.get(i).join().sequence())
                    .isEqualTo(batch.get(i % 100).join().sequence());
        assertThat(publications.after(0, 1000)).hasSize(100);
        assertThat(publications.keep("other", event).sequence()).isNotEqualTo(first.sequence());
    }

    /** One event more than its id tells: of another source, or from another position. */
    @Test
    void anIdIsOneOfItsSourceAndPosition() {
        List<Publication> kept = new ArrayList<>();
        for (String source : List.of("/upstreams/a", "/upstreams/b"))
            for (String position : List.of("1", "2"))
                kept.add(publications.keep(
                        "c",
                        new Event(
                                "same",
                                source,
                                "t",
                                null,
                                null,
                                null,
                                null,
                                Map.of("position", position),
                                new byte[1])));
        assertThat(kept).extracting(Publication::sequence).doesNotHaveDuplicates();
        assertThat(publications.find("c", 2, "/upstreams/a", "same")).contains(kept.get(1));
        assertThat(publications.find("c", 1, "/upstreams/b", "same")).contains(kept.get(2));
    }

    @Test
    void theyAreReadByACursorInTheirOrder() {
        assertThat(publications.head()).isZero();
        for (int i = 1; i <= 25; i++) publications.keep("c" + i % 2, ChannelFixture.event("/k", i));
        List<Long> positions = new ArrayList<>();
        long after = 0;
        for (List<Publication> page = publications.after(after, 10);
                !page.isEmpty();
                page = publications.after(after, 10)) {
            assertThat(page).hasSizeLessThanOrEqualTo(10);
            for (Publication one : page) {
                assertThat(one.sequence()).isGreaterThan(after);
                after = one.sequence();
                positions.add(one.event().position());
            }
        }
        assertThat(positions).hasSize(25).isSorted();
        assertThat(publications.head()).isEqualTo(after);
    }
}
