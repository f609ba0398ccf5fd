package io.eventful.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventful.subscription.Status;
import io.eventful.subscription.Subscription;
import io.eventful.subscription.TestSubscriptions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one delivery that an open circuit lets through from time to time. */
class ProbeTest {

    private final Instant start = Instant.parse("2026-11-01T12:00:00Z");
    private final Instant due = start.plusSeconds(20);
    private final Budget budget = new Budget(100);
    private final Lane lane = new Lane(
            new Subscription(
                    "sub_1",
                    TestSubscriptions.request("{\"sink\":\"http://127.0.0.1:9/\",\"protocol\":\"HTTP\"}"),
                    Status.ACTIVE,
                    List.of(),
                    start,
                    0,
                    0),
            Rig.settings("breaker.failures=2", "breaker.span=5s", "breaker.probe=10s"),
            budget,
            new Budget(1_000_000));

    @BeforeEach
    void open() {
        lane.outcome(new Verdict.Retry("status-500"), start);
        lane.outcome(new Verdict.Retry("status-500"), start.plusSeconds(6));
        assertThat(lane.reserve(start.plusSeconds(7))).isZero();
    }

    @Test
    void oneIsLetThroughAndNoOtherWhileItIsUnderWay() {
        assertThat(lane.reserve(due)).isEqualTo(1);
        assertThat(lane.reserve(due)).isZero();
        lane.outcome(new Verdict.Delivered(), due);
        lane.freed(1);
        assertThat(lane.reserve(due)).isGreaterThan(1);
    }

    /** As when nothing was due, or the store did not answer: without it nothing would ever be tried again. */
    @Test
    void oneThatWasNotMadeIsLetThroughLater() {
        assertThat(lane.reserve(due)).isEqualTo(1);
        lane.unused(1);
        assertThat(budget.free()).isEqualTo(100);
        assertThat(lane.reserve(due)).isEqualTo(1);
    }

    /** It says nothing of the endpoint's health, but it is over. */
    @Test
    void oneThatIsAnsweredWithAPauseIsFollowedByAnother() {
        assertThat(lane.reserve(due)).isEqualTo(1);
        lane.outcome(new Verdict.Pause("status-503", due.plusSeconds(1)), due);
        lane.freed(1);
        assertThat(lane.reserve(due)).isZero();
        assertThat(lane.reserve(due.plusSeconds(1))).isEqualTo(1);
    }
}
