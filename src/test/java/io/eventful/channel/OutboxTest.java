package io.eventful.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.channel.BrokerSettings.Publish;
import io.eventful.channel.Outbox.Parcel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class OutboxTest {

    private final Outbox<String> outbox = outbox(Duration.ofMinutes(1));

    private static Outbox<String> outbox(Duration timeout) {
        return new Outbox<>(new Publish(timeout, 8, DataSize.ofKilobytes(1), DataSize.ofKilobytes(1)));
    }

    private Parcel<String> add(@Nullable String line, String message) {
        return outbox.add("c", line, message, 1);
    }

    private List<String> sendable() {
        List<String> messages = new ArrayList<>();
        for (Parcel<String> next = outbox.next(); next != null; next = outbox.next()) messages.add(next.message);
        return messages;
    }

    @Test
    void messagesOfNoLineGoOutInTheirOrder() {
        add(null, "1");
        add(null, "2");
        assertThat(sendable()).containsExactly("1", "2");
        assertThat(outbox.isReady()).isFalse();
    }

    @Test
    void ofALineTheNextOneGoesOutWhenTheOneBeforeIsAcknowledged() {
        Parcel<String> first = add("a", "a1");
        Parcel<String> second = add("a", "a2");
        add("b", "b1");
        add("a", "a3");
        assertThat(sendable()).containsExactly("a1", "b1");
        assertThat(outbox.isReady()).isFalse();
        outbox.acknowledged(first);
        assertThat(first.done).isCompleted();
        assertThat(outbox.isReady()).isTrue();
        assertThat(sendable()).containsExactly("a2");
        outbox.acknowledged(second);
        assertThat(sendable()).containsExactly("a3");
    }

    @Test
    void oneThatIsRefusedHoldsNobodyUp() {
        Parcel<String> first = add("a", "a1");
        add("a", "a2");
        assertThat(sendable()).containsExactly("a1");
        outbox.refused(first, new IllegalStateException("too large"));
        assertThat(first.done).isCompletedExceptionally();
        assertThat(sendable()).containsExactly("a2");
    }

    @Test
    void oneThatCouldNotBeHandedOverIsTheNextAgain() {
        Parcel<String> first = add("a", "a1");
        add("a", "a2");
        assertThat(outbox.next()).isSameAs(first);
        outbox.unsent(first);
        assertThat(sendable()).containsExactly("a1");
    }

    @Test
    void afterABreakTheLinesAreInTheirOrderStill() {
        Parcel<String> first = add("a", "a1");
        add("b", "b1");
        add("a", "a2");
        assertThat(sendable()).containsExactly("a1", "b1");
        outbox.disconnected();
        assertThat(sendable()).containsExactly("a1", "b1");
        outbox.acknowledged(first);
        assertThat(sendable()).containsExactly("a2");
    }

    @Test
    void whatWaitsBehindAnotherCountsAndEnds() {
        for (int i = 0; i < 8; i++) add("a", "a" + i);
        assertThat(sendable()).containsExactly("a0");
        Parcel<String> tooMuch = add("a", "a8");
        assertThat(tooMuch.done).isCompletedExceptionally();
        outbox.close();
        assertThat(add("b", "b").done).isCompletedExceptionally();
        assertThat(sendable()).isEmpty();
    }

    @Test
    void whatWaitsBehindAnotherFailsInTime() {
        Outbox<String> brief = outbox(Duration.ofNanos(1));
        Parcel<String> first = brief.add("c", "a", "a1", 1);
        Parcel<String> second = brief.add("c", "a", "a2", 1);
        Parcel<String> third = brief.add("c", "a", "a3", 1);
        assertThat(brief.next()).isSameAs(first);
        assertThat(brief.next()).isNull();
        brief.expire();
        for (Parcel<String> each : List.of(first, second, third))
            assertThat(each.done).isCompletedExceptionally();
        assertThat(brief.isReady()).isFalse();
        Parcel<String> fourth = brief.add("c", "a", "a4", 1);
        assertThat(brief.next()).isSameAs(fourth);
    }
}
