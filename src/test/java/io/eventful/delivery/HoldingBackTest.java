package io.eventful.delivery;

import static io.eventful.delivery.Rig.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.delivery.DeliveryRecord.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More events than a quick sink takes: the channel waits, and nothing is written, unless somebody else could go on. */
class HoldingBackTest {

    @TempDir
    Path folder;

    private final Semaphore answers = new Semaphore(0);
    private Rig rig;
    private RawSink paced;
    private Sink other;

    @BeforeEach
    void open() throws Exception {
        rig = new Rig(folder, "timeout=30s", "limits.concurrency-per-endpoint=2");
        paced = new RawSink((out, socket) -> {
            answers.acquire();
            RawSink.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        other = new Sink();
    }

    @AfterEach
    void close() throws Exception {
        answers.release(100);
        rig.close();
        paced.close();
        other.close();
    }

    /** Six events, of which two have been delivered after 150 ms, two are on their way and two wait, after 210 ms. */
    private List<CompletableFuture<Void>> sixEvents() {
        List<CompletableFuture<Void>> done = new ArrayList<>();
        for (int i = 1; i <= 6; i++) done.add(rig.publish(event("/customers/" + i, i)));
        await().until(() -> paced.requests.get() == 2);
        rig.pass(Duration.ofMillis(150));
        answers.release(2);
        await().until(() -> paced.requests.get() == 4);
        rig.pass(Duration.ofMillis(60));
        return done;
    }

    @Test
    void whatWaitsBehindQuickAttemptsIsNotWritten() {
        rig.subscribe(paced.url());
        List<CompletableFuture<Void>> events = sixEvents();
        assertThat(events.subList(2, 6)).noneMatch(CompletableFuture::isDone);
        answers.release(4);
        for (CompletableFuture<Void> event : events) assertThat(event).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(rig.deliveries(State.PENDING)).isEmpty();
    }

    @Test
    void itIsWrittenWhenAnotherCouldTakeMore() {
        rig.subscribe(paced.url());
        rig.subscribe(other.url());
        List<CompletableFuture<Void>> events = sixEvents();
        for (CompletableFuture<Void> event : events) assertThat(event).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(rig.deliveries(State.PENDING)).hasSize(4);
    }

    @Test
    void anAttemptThatIsSlowItselfIsWritten() {
        rig.subscribe(paced.url());
        List<CompletableFuture<Void>> events = sixEvents();
        rig.pass(Duration.ofMillis(200));
        for (CompletableFuture<Void> event : events) assertThat(event).succeedsWithin(5, TimeUnit.SECONDS);
        assertThat(rig.deliveries(State.PENDING)).hasSize(4);
    }
}
