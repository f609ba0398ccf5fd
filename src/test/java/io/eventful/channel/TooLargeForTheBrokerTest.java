package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventful.event.Event;
import io.eventful.event.Rendered;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Only the broker knows that it takes less than the gateway would send. */
class TooLargeForTheBrokerTest extends BrokerFixture {

    private static final int MOST = 1_000;

    private final InProcessBroker broker = new InProcessBroker();

    @Override
    BrokerSettings settings(BrokerSettings.Consume consume) {
        return ChannelFixture.artemis(ChannelFixture.EMBEDDED, consume);
    }

    /** Refuses by size, as a topic does that has its own limit. */
    @Override
    Broker broker(BrokerSettings settings, Path data) {
        Broker real = broker.connect();
        return (Broker) Proxy.newProxyInstance(
                Broker.class.getClassLoader(), new Class<?>[] {Broker.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("send") && ((Event) arguments[1]).data().length > MOST)
                        return CompletableFuture.failedStage(new EventTooLargeException("too large", new Exception()));
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    boolean suppressesRepeats() {
        return true;
    }

    @Override
    Channels another() {
        return open(ChannelFixture.consume(256, 3));
    }

    private static Event checked(int size) {
        Event event = ChannelFixture.event("/k", 1, new byte[size]);
        byte[] claim = "{\"link\":1}".getBytes(StandardCharsets.UTF_8);
        return new Event(
                event.id(),
                event.source(),
                event.type(),
                event.subject(),
                event.time(),
                event.datacontenttype(),
                event.dataschema(),
                event.extensions(),
                event.data(),
                new Rendered(1, "state", 0, () -> claim));
    }

    /** A retry and a replay read what is kept: they must not differ from what the first attempt sent. */
    @Test
    void whatIsKeptIsTheClaimCheckThatWasSent() {
        ConcurrentLinkedQueue<Event> received = new ConcurrentLinkedQueue<>();
        List<Event> announced = new CopyOnWriteArrayList<>();
        publications.listen(publication -> announced.add(publication.event()));
        channels.consume(channel, "a", into(received));
        Event event = checked(MOST + 1);
        publish(event);
        publish(event);
        await().until(() -> !received.isEmpty());
        Event sent = received.element();
        assertThat(sent.extensions()).containsEntry("reason", "claim-check");
        assertThat(publications
                        .find(channel, 1, event.source(), event.id())
                        .orElseThrow()
                        .event())
                .isEqualTo(sent);
        assertThat(publications.after(0, 10)).hasSize(1);
        assertThat(announced).isNotEmpty().allSatisfy(each -> assertThat(each).isEqualTo(sent));
    }

    @Test
    void whatItTakesIsKeptWhole() {
        Event event = checked(MOST);
        publish(event);
        assertThat(publications
                        .find(channel, 1, event.source(), event.id())
                        .orElseThrow()
                        .event())
                .isEqualTo(event);
    }
}
