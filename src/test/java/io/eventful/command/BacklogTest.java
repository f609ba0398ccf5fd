package io.eventful.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which command may run next. */
class BacklogTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Backlog backlog = new Backlog();
    private long number;

    private Pending add(String lane, String upstream) {
        return add(lane, upstream, "claim-" + (number + 1));
    }

    private Pending add(String lane, String upstream, String claim) {
        number++;
        Pending command = new Pending(
                new Pending.Row(number, "id-" + number, "PUT", lane, upstream, NOON, claim, "print", false, false, 1));
        backlog.add(command);
        return command;
    }

    private List<Pending> startable() {
        List<Pending> all = new ArrayList<>();
        for (Optional<Pending> next = backlog.next(); next.isPresent(); next = backlog.next()) all.add(next.get());
        return all;
    }

    @Test
    void ofEachLaneTheFirstRunsAndOfTheseTheOldestFirst() {
        Pending first = add("a", "x");
        Pending second = add("a", "x");
        Pending other = add("b", "x");
        assertThat(startable()).containsExactly(first, other);
        assertThat(backlog.running()).isEqualTo(2);
        backlog.remove(other);
        assertThat(startable()).isEmpty();
        backlog.remove(first);
        assertThat(startable()).containsExactly(second);
        assertThat(backlog.size()).isEqualTo(1);
    }

    @Test
    void aCommandThatIsTriedAgainKeepsItsTurn() {
        Pending first = add("a", "x");
        Pending second = add("a", "x");
        Pending other = add("b", "x");
        assertThat(backlog.next()).contains(first);
        assertThat(backlog.isRunning(first)).isTrue();
        backlog.rest(first);
        assertThat(backlog.isRunning(first)).isFalse();
        assertThat(startable()).as("its lane rests with it").containsExactly(other);
        backlog.again(first);
        assertThat(startable()).containsExactly(first);
        backlog.remove(first);
        assertThat(startable()).containsExactly(second);
    }

    @Test
    void whatHasEndedIsNotTriedAgain() {
        Pending command = add("a", "x");
        backlog.next();
        backlog.rest(command);
        backlog.remove(command);
        backlog.again(command);
        assertThat(startable()).isEmpty();
        assertThat(backlog.find(command.id)).isNull();
    }

    @Test
    void nothingGoesToAnUpstreamThatIsAwayUntilTheLatestOfItsTimes() {
        Pending waiting = add("a", "x");
        Pending other = add("b", "y");
        backlog.away("x", NOON.plusSeconds(9));
        backlog.away("x", NOON.plusSeconds(2));
        assertThat(startable()).containsExactly(other);
        backlog.over("x", NOON.plusSeconds(2));
        assertThat(startable()).isEmpty();
        backlog.over("x", NOON.plusSeconds(9));
        assertThat(startable()).containsExactly(waiting);
    }

    @Test
    void anUpstreamThatAnswersIsBackAtOnce() {
        Pending waiting = add("a", "x");
        backlog.away("x", NOON);
        backlog.back("x");
        assertThat(startable()).containsExactly(waiting);
    }

    @Test
    void whatIsBeingCancelledDoesNotBegin() {
        Pending first = add("a", "x");
        assertThat(backlog.hold(first)).isTrue();
        assertThat(backlog.hold(first)).as("by somebody else already").isFalse();
        assertThat(startable()).isEmpty();
        backlog.release(first);
        assertThat(startable()).containsExactly(first);
        assertThat(backlog.hold(first)).as("it runs").isFalse();
    }

    @Test
    void whatIsCancelledInTheMiddleOfALaneLeavesItsOrder() {
        Pending first = add("a", "x");
        Pending second = add("a", "x");
        Pending third = add("a", "x");
        assertThat(startable()).containsExactly(first);
        backlog.remove(second);
        assertThat(startable()).as("the first one runs still").isEmpty();
        assertThat(backlog.last("a")).isSameAs(third);
        backlog.remove(first);
        assertThat(startable()).containsExactly(third);
        backlog.remove(third);
        assertThat(backlog.last("a")).isNull();
        assertThat(backlog.size()).isZero();
        assertThat(backlog.running()).isZero();
    }

    @Test
    void aClaimIsHeldUntilItsCommandEnds() {
        Pending command = add("a", "x", "key");
        assertThat(backlog.isClaimed("key")).isTrue();
        backlog.remove(command);
        assertThat(backlog.isClaimed("key")).isFalse();
    }
}
