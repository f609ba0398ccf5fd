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

    private static final Publish LIMITS =
            new Publish(Duration.ofSeconds(10), 8, DataSize.ofKilobytes(1), DataSize.ofKilobytes(1));

    private long now;
    private final Outbox<String> outbox = new Outbox<>(LIMITS, () -> now);

    private void pass(Duration time) {
        now += time.toNanos();
        outbox.expire();
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
        Parcel<String> first = add("a", "a1");
        Parcel<String> second = add("a", "a2");
        Parcel<String> third = add("a", "a3");
        assertThat(sendable()).containsExactly("a1");
        pass(Duration.ofSeconds(10));
        assertThat(first.done).isNotDone();
        pass(Duration.ofSeconds(1));
        for (Parcel<String> each : List.of(first, second, third))
            assertThat(each.done).isCompletedExceptionally();
        assertThat(outbox.isReady()).isFalse();
        add("a", "a4");
        assertThat(sendable()).containsExactly("a4");
    }

    /** Many parts of one change would otherwise never all come through, however often they are tried. */
    @Test
    void aLineThatMovesHasItsTimeFromEachAcknowledgement() {
        Parcel<String> first = add("a", "a1");
        Parcel<String> second = add("a", "a2");
        Parcel<String> third = add("a", "a3");
        Parcel<String> other = add("b", "b1");
        assertThat(sendable()).containsExactly("a1", "b1");
        now += Duration.ofSeconds(9).toNanos();
        outbox.acknowledged(first);
        assertThat(sendable()).containsExactly("a2");
        pass(Duration.ofSeconds(9));
        assertThat(second.done).isNotDone();
        assertThat(third.done).isNotDone();
        assertThat(other.done).isCompletedExceptionally();
        outbox.acknowledged(second);
        pass(Duration.ofSeconds(9));
        assertThat(third.done).isNotDone();
        pass(Duration.ofSeconds(2));
        assertThat(third.done).isCompletedExceptionally();
        add("a", "a4");
        pass(Duration.ofSeconds(9));
        assertThat(sendable()).containsExactly("a4");
    }
}
