package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.channel.BrokerSettings.Kind;
import io.eventful.channel.BrokerSettings.Publish;
import io.eventful.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

/** The contract on the embedded broker. */
class EmbeddedArtemisTest extends BrokerContract {

    private final DroppedRepeats repeats = new DroppedRepeats();
    private EmbeddedArtemis embedded;
    private Publish publish = ChannelFixture.PUBLISH;

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        return new BrokerSettings(Kind.ARTEMIS, ChannelFixture.EMBEDDED, ChannelFixture.NO_KAFKA, publish, consume);
    }

    @Override
    Broker broker(BrokerSettings settings, Path data) {
        embedded = new EmbeddedArtemis(settings.artemis(), data, repeats);
        return new ArtemisBroker(settings, embedded);
    }

    @Override
    Channels another() {
        return channels;
    }

    @Override
    boolean suppressesRepeats() {
        return true;
    }

    @Test
    void theRepeatsThatItDropsAreCounted() {
        publish(ChannelFixture.event("/k/1", 1));
        publish(ChannelFixture.event("/k/2", 2));
        assertThat(repeats.count()).isZero();
        publish(ChannelFixture.event("/k/1", 1));
        publish(ChannelFixture.event("/k/1", 1));
        assertThat(repeats.count()).isEqualTo(2);
    }

    /** One that is slow, or was never begun, must not make those behind it come again. */
    @Test
    void whatWasFinishedBeforeAnOrderlyEndDoesNotComeAgain() throws Exception {
        closeChannels();
        channels = open(new BrokerSettings.Consume(
                256,
                DataSize.ofMegabytes(64),
                3,
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                Duration.ofMillis(100)));
        ConcurrentLinkedQueue<Event> finished = new ConcurrentLinkedQueue<>();
        Channels.Consumption first = channels.consume(channel, "a", event -> {
            if (event.position() == 1) return new CompletableFuture<>();
            finished.add(event);
            return CompletableFuture.completedStage(null);
        });
        for (int i = 1; i <= 10; i++) publish(ChannelFixture.event("/k/" + i, i));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(finished).hasSize(9));
        first.close();
        ConcurrentLinkedQueue<Event> again = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(again));
        publish(ChannelFixture.event("/k/11", 11));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(again).extracting(Event::position).containsExactlyInAnyOrder(1L, 11L));
    }

    /** It ends by itself when its folder is not there any more, or its disk fails. */
    @Test
    void itIsStartedAgainWhenItsFolderIsBack() throws Exception {
        publish = new Publish(Duration.ofSeconds(3), 100, publish.pendingSize(), publish.eventSize());
        closeChannels();
        channels = open(ChannelFixture.consume(256, 3));
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        publish(ChannelFixture.event("/k/1", 1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(1));
        Path journal = folder.resolve("artemis");
        Path away = folder.resolve("away");
        Files.move(journal, away);
        await().atMost(Duration.ofMinutes(1)).until(() -> isRefused(2));
        assertThat(journal).doesNotExist();
        Files.move(away, journal);
        await().atMost(Duration.ofMinutes(1)).until(() -> !isRefused(3));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(received).extracting(Event::position).endsWith(3L));
    }

    @Test
    void whatIsPublishedWhileItsDiskFailsIsSentToTheServerThatHasReadIt() throws Exception {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        publish(ChannelFixture.event("/k/1", 1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(received).hasSize(1));
        embedded.fail(embedded.server(), new IOException("no space"));
        for (int i = 2; i <= 20; i++) publish(ChannelFixture.event("/k/1", i));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(received)
                        .extracting(Event::position)
                        .containsSubsequence(
                                LongStream.rangeClosed(2, 20).boxed().toList()));
    }

    /** By itself the broker remembers its id, and drops a repeat as if the first were on disk. */
    @Test
    void anEventThatCannotBeWrittenIsRefusedEachTimeAndHoldsUpNoOther() throws Exception {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        channels.consume(channel, "a", into(received));
        Event plain = ChannelFixture.event("/k/1", 1);
        Event unwritable = new Event(
                plain.id(),
                plain.source(),
                plain.type(),
                plain.subject(),
                plain.time(),
                plain.datacontenttype(),
                null,
                Map.of("position", "1", "big", "x".repeat(1 << 20)),
                plain.data());
        for (int i = 0; i < 2; i++)
            assertThat(channels.publish(channel, unwritable).toCompletableFuture())
                    .failsWithin(PATIENCE)
                    .withThrowableThat()
                    .havingRootCause()
                    .withMessageContaining("max record size");
        publish(ChannelFixture.event("/k/2", 2));
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(received).extracting(Event::position).contains(2L));
        assertThat(received).extracting(Event::position).doesNotContain(1L);
    }

    private boolean isRefused(long position) {
        CompletableFuture<Void> published = channels.publish(channel, ChannelFixture.event("/k/1", position))
                .toCompletableFuture();
        return published.handle((ok, failure) -> failure != null).join();
    }
}
