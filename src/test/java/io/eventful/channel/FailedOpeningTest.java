package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.utils.actors.OrderedExecutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody asks whether a consumer could be opened: the broker has to try again, whatever went wrong. */
class FailedOpeningTest {

    @TempDir
    Path folder;

    @Test
    void aConsumerIsOpenedAgainAfterAnErrorThatIsNotTheBrokers() {
        BrokerSettings settings = ChannelFixture.artemis(ChannelFixture.EMBEDDED, ChannelFixture.consume(16, 2));
        EmbeddedArtemis embedded = new EmbeddedArtemis(settings.artemis(), folder);
        AtomicInteger faults = new AtomicInteger(1);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        List<Long> received = new CopyOnWriteArrayList<>();
        Dispatcher dispatcher = new Dispatcher(
                "c",
                "a",
                event -> {
                    received.add(event.position());
                    return CompletableFuture.completedStage(null);
                },
                settings.consume(),
                Runnable::run,
                timer,
                new DeadLetters());
        try (ArtemisBroker broker = new ArtemisBroker(
                settings,
                embedded,
                thread -> faulty(new ArtemisServerLink(embedded, new OrderedExecutor(thread::execute)), faults))) {
            broker.start();
            broker.subscribe("c", "a", dispatcher);
            broker.send("c", ChannelFixture.event("/k/1", 1))
                    .toCompletableFuture()
                    .join();
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(received).containsExactly(1L));
            assertThat(faults).hasValue(0);
        } finally {
            timer.shutdownNow();
        }
    }

    /** Its sources fail as they begin, so many times. */
    private static ArtemisLink faulty(ArtemisLink link, AtomicInteger faults) {
        return proxy(
                ArtemisLink.class,
                link,
                (method, result) -> {
                    if (!method.equals("source")) return result;
                    return proxy(ArtemisSource.class, (ArtemisSource) result, (step, unused) -> unused, step -> {
                        if (step.equals("start") && faults.getAndUpdate(left -> Math.max(0, left - 1)) > 0)
                            throw new IllegalStateException("on purpose");
                    });
                },
                method -> {});
    }

    private interface Change {
        Object of(String method, Object result);
    }

    private interface Before {
        void call(String method);
    }

    private static <T> T proxy(Class<T> type, T real, Change change, Before before) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.call(method.getName());
                    try {
                        return change.of(method.getName(), method.invoke(real, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
